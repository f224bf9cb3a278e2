//! How big the image will be: per layer, per part, and per base image.
//!
//! Bytes throughout, MB = 10^6 bytes in text. Two sizes are told apart everywhere: *unpacked* (the
//! bytes of all files in all layers, what `docker images` shows with the classic store) and
//! *compressed* (what a registry holds and a pull transfers). A third, the *disk usage* that Docker 29
//! shows, follows from both and from the number of files.

mod consequences;
mod estimate;
mod go;
mod needs;
mod parts;
mod savings;
mod table;
mod verdict;
mod words;

pub use consequences::{Consequences, Fleet, consequences};
pub use estimate::estimate;
pub use savings::{Saved, Saving, Savings, savings};
pub use table::table;
pub(crate) use verdict::has_certificates;
pub use verdict::verdict;
pub use words::{decimal, in_words, in_words_rounded_up};

use crate::source::Span;
use std::borrow::Cow;

/// An estimate with its error range, in bytes. `low <= likely <= high`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Range {
    /// The least that is plausible.
    pub low: u64,
    /// The best single guess.
    pub likely: u64,
    /// The most that is plausible.
    pub high: u64,
}

/// The sizes of one thing; `None` where nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    /// Bytes of the files.
    pub unpacked: Option<Range>,
    /// Bytes in the registry.
    pub compressed: Option<Range>,
    /// Bytes of the files and folders in blocks of 4 KiB, as a file system holds them.
    pub blocks: Option<Range>,
}

impl Range {
    /// A figure without error.
    pub const fn exact(bytes: u64) -> Self {
        Self { low: bytes, likely: bytes, high: bytes }
    }

    /// The sum of both.
    pub const fn plus(self, other: Self) -> Self {
        Self {
            low: self.low.saturating_add(other.low),
            likely: self.likely.saturating_add(other.likely),
            high: self.high.saturating_add(other.high),
        }
    }

    /// The range that covers both, with `self`'s likely figure.
    pub fn cover(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), likely: self.likely, high: self.high.max(other.high) }
    }
}

impl Size {
    /// Nothing.
    pub const ZERO: Self = {
        let nothing = Some(Range::exact(0));
        Self { unpacked: nothing, compressed: nothing, blocks: nothing }
    };

    /// Not known at all.
    pub const UNKNOWN: Self = Self { unpacked: None, compressed: None, blocks: None };

    /// The sum of both; unknown where one of them is.
    pub fn plus(self, other: Self) -> Self {
        self.both(other, Range::plus)
    }

    /// What is left without `other`; never less than nothing.
    pub fn minus(self, other: Self) -> Self {
        self.both(other, |a, b| Range {
            low: a.low.saturating_sub(b.low),
            likely: a.likely.saturating_sub(b.likely),
            high: a.high.saturating_sub(b.high),
        })
    }

    /// The smaller likely figure; the range reaches from the smaller low one to the larger high one
    /// of this.
    pub fn at_most(self, other: Self) -> Self {
        self.both(other, |a, b| {
            let likely = a.likely.min(b.likely);
            Range { low: a.low.min(b.low).min(likely), likely, high: a.high }
        })
    }

    /// The same likely figure, with a range that reaches as high as that of the other.
    pub fn reaching(self, other: Self) -> Self {
        self.both(other, |a, b| Range { high: a.high.max(b.high), ..a })
    }

    /// Times three factors by thousand that ascend.
    pub fn scaled(self, [low, likely, high]: [u32; 3]) -> Self {
        let times = |range: Range| {
            let by = |bytes: u64, factor: u32| bytes.saturating_mul(u64::from(factor)) / 1000;
            Range {
                low: by(range.low, low),
                likely: by(range.likely, likely),
                high: by(range.high, high),
            }
        };
        Self {
            unpacked: self.unpacked.map(times),
            compressed: self.compressed.map(times),
            blocks: self.blocks.map(times),
        }
    }

    /// Both sizes put together, one by one; unknown where either is.
    fn both(self, other: Self, put: impl Fn(Range, Range) -> Range) -> Self {
        let both = |a: Option<Range>, b: Option<Range>| Some(put(a?, b?));
        Self {
            unpacked: both(self.unpacked, other.unpacked),
            compressed: both(self.compressed, other.compressed),
            blocks: both(self.blocks, other.blocks),
        }
    }

    /// With the likely figures of this one, the ranges that cover both.
    pub fn cover(self, other: Self) -> Self {
        self.both(other, Range::cover)
    }

    /// What Docker 29 shows as disk usage with the containerd store: the compressed layers, which it
    /// keeps, and the unpacked files in blocks of 4 KiB. An estimate, more so than the other two.
    pub fn disk(self) -> Option<Range> {
        Some(self.compressed?.plus(self.blocks?))
    }

    /// Whether either size is unknown.
    pub const fn is_unknown(self) -> bool {
        self.unpacked.is_none() || self.compressed.is_none()
    }
}

/// The sum of those parts whose size is known.
pub(crate) fn known_sum(parts: &[Part]) -> Size {
    let known = parts.iter().map(|part| part.size).filter(|size| !size.is_unknown());
    known.fold(Size::ZERO, Size::plus)
}

/// One summand of an estimate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is, as in "Go binary /server".
    pub what: String,
    /// Its bytes; may be unknown.
    pub size: Size,
    /// Why it is there and how it was reckoned, in one sentence.
    pub why: Cow<'static, str>,
    /// Where the figure comes from.
    pub source: Cow<'static, str>,
    /// The words of the Dockerfile that bring it in.
    pub span: Span,
}

/// What one instruction of the final image's chain adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// Line, from 1, of the instruction.
    pub line: u32,
    /// The whole instruction.
    pub span: Span,
    /// The instruction in a few words, as in "COPY --from=build /server /server".
    pub title: String,
    /// Sum of those parts whose size is known.
    pub size: Size,
    /// The summands.
    pub parts: Vec<Part>,
}

/// The estimate of the final image.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Estimate {
    /// Sum of all parts whose size is known; unknown where the base is.
    pub size: Size,
    /// Whether parts of unknown size come on top, so that the sum is a lower bound.
    pub open: bool,
    /// The layers that ship, bottom to top; the base is the first.
    pub layers: Vec<Layer>,
}

/// Whether the container would start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// Everything that it needs to start is there.
    Starts,
    /// Starts once the named edits are made.
    StartsAfterEdits,
    /// Cannot start, and the reasons say why.
    WouldNotStart,
    /// Does not get as far as an image.
    WouldNotBuild,
    /// The text does not tell.
    Unknown,
}

impl Verdict {
    /// The name that exports use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Starts => "starts",
            Self::StartsAfterEdits => "starts-after-edits",
            Self::WouldNotStart => "would-not-start",
            Self::WouldNotBuild => "would-not-build",
            Self::Unknown => "unknown",
        }
    }
}

/// The same program on another base image: one row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseRow {
    /// The image reference, as in `gcr.io/distroless/static-debian12:nonroot`.
    pub reference: String,
    /// A short name for the page, as in "distroless static".
    pub title: String,
    /// The whole image on this base; see [`Estimate::open`] for parts of unknown size.
    pub size: Size,
    /// The base alone.
    pub base: Size,
    /// Whether the program would start there.
    pub verdict: Verdict,
    /// Why, one sentence each.
    pub reasons: Vec<String>,
    /// Where the base's figures come from, with the date.
    pub source: String,
    /// Whether an edit leads there: [`crate::moves::to_base`].
    pub movable: bool,
    /// Whether the Dockerfile uses this base now.
    pub current: bool,
}
