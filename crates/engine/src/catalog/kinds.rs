//! How well each kind of layer compresses.

use super::data;
use super::range::scaled;
use crate::size::{Range, Size};

/// Compressed by unpacked size of one kind of layer, by thousand (gzip level 6).
#[derive(Debug, PartialEq, Eq)]
pub struct Ratio {
    /// The best that was seen.
    pub low: u16,
    /// The usual one.
    pub likely: u16,
    /// The worst that was seen.
    pub high: u16,
    /// Bytes in blocks of 4 KiB by bytes, by thousand: low, likely and high.
    pub(super) blocks: [u16; 3],
}

impl Ratio {
    /// The compressed bytes of so many unpacked ones.
    pub fn compressed(&self, unpacked: Range) -> Range {
        scaled(unpacked, u32::from(self.low), u32::from(self.likely), u32::from(self.high))
    }

    /// The unpacked bytes of so many compressed ones.
    pub fn unpacked(&self, compressed: Range) -> Range {
        // The better a layer compresses, the more it holds: the ends change places.
        let divided = |bytes: u64, by: u16| {
            bytes.saturating_mul(1000).checked_div(u64::from(by)).unwrap_or(bytes)
        };
        Range {
            low: divided(compressed.low, self.high),
            likely: divided(compressed.likely, self.likely),
            high: divided(compressed.high, self.low),
        }
    }

    /// Both sizes of so many unpacked bytes.
    pub fn size(&self, unpacked: Range) -> Size {
        self.whole(Some(unpacked), Some(self.compressed(unpacked)))
    }

    /// The size whose blocks follow from its unpacked bytes.
    pub(super) fn whole(&self, unpacked: Option<Range>, compressed: Option<Range>) -> Size {
        let [low, likely, high] = self.blocks.map(u32::from);
        let blocks = unpacked.map(|range| scaled(range, low, likely, high));
        Size { unpacked, compressed, blocks }
    }
}

/// Kinds of layers that an instruction can add.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LayerKind {
    /// Packages installed with apk.
    Apk,
    /// Packages installed with apt.
    Apt,
    /// A Go binary with its symbols.
    GoBinary,
    /// A Go binary built with `-ldflags "-s -w"`.
    GoBinaryStripped,
    /// `/root/.cache/go-build`.
    GoBuildCache,
    /// `/go/pkg/mod`.
    GoModules,
    /// Files that are compressed already: archives, pictures, binaries packed with UPX.
    Packed,
    /// A compiled program of another language.
    Program,
    /// Source text, also node_modules.
    Text,
    /// Anything.
    Unknown,
}

impl LayerKind {
    /// Its ratio.
    pub fn ratio(self) -> &'static Ratio {
        match self {
            Self::Apk => &data::RATIO_APK,
            Self::Apt => &data::RATIO_APT,
            Self::GoBinary => &data::RATIO_GO_BINARY,
            Self::GoBinaryStripped => &data::RATIO_GO_BINARY_STRIPPED,
            Self::GoBuildCache => &data::RATIO_GO_BUILD_CACHE,
            Self::GoModules => &data::RATIO_GO_MODULES,
            Self::Packed => &data::RATIO_PACKED,
            Self::Program => &data::RATIO_PROGRAM,
            Self::Text => &data::RATIO_TEXT,
            Self::Unknown => &data::RATIO_UNKNOWN,
        }
    }

    /// Where its ratio was measured.
    pub const fn source(self) -> &'static str {
        match self {
            Self::Apk => data::RATIO_APK_SOURCE,
            Self::Apt => data::RATIO_APT_SOURCE,
            Self::GoBinary => data::RATIO_GO_BINARY_SOURCE,
            Self::GoBinaryStripped => data::RATIO_GO_BINARY_STRIPPED_SOURCE,
            Self::GoBuildCache => data::RATIO_GO_BUILD_CACHE_SOURCE,
            Self::GoModules => data::RATIO_GO_MODULES_SOURCE,
            Self::Packed => data::RATIO_PACKED_SOURCE,
            Self::Program => data::RATIO_PROGRAM_SOURCE,
            Self::Text => data::RATIO_TEXT_SOURCE,
            Self::Unknown => data::RATIO_UNKNOWN_SOURCE,
        }
    }

    /// Both sizes of so many unpacked bytes of this kind.
    pub fn size(self, unpacked: Range) -> Size {
        self.ratio().size(unpacked)
    }
}
