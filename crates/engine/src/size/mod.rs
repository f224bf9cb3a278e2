//! How big the image will be: per layer, per part, and per base image.
//!
//! Bytes throughout, MB = 10^6 bytes in text. Two sizes are told apart everywhere: *unpacked* (the
//! bytes of all files in all layers, what `docker images` shows with the classic store) and
//! *compressed* (what a registry holds and a pull transfers).

use crate::source::Span;

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

/// Both sizes of one thing; `None` where nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    /// Bytes of the files.
    pub unpacked: Option<Range>,
    /// Bytes in the registry.
    pub compressed: Option<Range>,
}

/// One summand of an estimate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is, as in "Go binary /server".
    pub what: String,
    /// Its bytes; may be unknown.
    pub size: Size,
    /// Why it is there and how it was reckoned, in one sentence.
    pub why: String,
    /// Where the figure comes from.
    pub source: String,
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
    /// Sum of the parts.
    pub size: Size,
    /// The summands.
    pub parts: Vec<Part>,
}

/// The estimate of the final image.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Estimate {
    /// Sum of the layers; unknown where a layer is unknown.
    pub size: Size,
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
    /// The whole image on this base.
    pub size: Size,
    /// The base alone.
    pub base: Size,
    /// Whether the program would start there.
    pub verdict: Verdict,
    /// Why, one sentence each.
    pub reasons: Vec<String>,
    /// Where the base's figures come from, with the date.
    pub source: String,
    /// Whether the Dockerfile uses this base now.
    pub current: bool,
}
