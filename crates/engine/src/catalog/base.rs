//! Base images: what they hold and how big they are.

use super::data::{
    CANDIDATES, RATIO_ARM64_COMPRESSED, RATIO_ARM64_UNPACKED, RATIO_ARM64_UNPACKED_STATIC,
};
use super::facts::{Confidence, Family, Libc, PackageManager, Platform, Start, Toolchain};
use super::images::IMAGES;
use super::kinds::Ratio;
use super::range::around;
use crate::size::{Range, Size};

/// One base image of the catalogue.
///
/// A fact of type `Option<bool>` is `None` where nobody has looked; a rule must then stay silent.
#[derive(Debug, PartialEq, Eq)]
pub struct BaseImage {
    /// Familiar name and tag, as in `golang:1.26-alpine` or `gcr.io/distroless/static-debian12`.
    pub reference: &'static str,
    /// What the tag stood for when the figures were read.
    pub resolved: &'static str,
    /// Day, month or year of the figures; empty where the record names none.
    pub date: &'static str,
    /// Release of the distribution, as in `bookworm` or `3.20`; empty where it is not known.
    pub release: &'static str,
    /// Version of the libc; empty where it is not known or there is none.
    pub libc_version: &'static str,
    /// The distribution.
    pub family: Family,
    /// What a dynamically linked program finds there.
    pub libc: Libc,
    /// Path of the default shell.
    pub shell: Option<&'static str>,
    /// Whether `/bin/bash` is there too.
    pub bash: bool,
    /// What installs packages.
    pub package_manager: Option<PackageManager>,
    /// Whether a bundle of CA certificates is there, so that HTTPS works.
    pub ca_certificates: Option<bool>,
    /// Whether `/usr/share/zoneinfo` is there.
    pub time_zones: Option<bool>,
    /// Whether a wget is there, also that of BusyBox.
    pub wget: Option<bool>,
    /// Whether curl is there.
    pub curl: Option<bool>,
    /// Whether `/tmp` is there.
    pub tmp: Option<bool>,
    /// Whether a C compiler is there, so that cgo works.
    pub c_compiler: Option<bool>,
    /// Whether git is there.
    pub git: Option<bool>,
    /// Whether `libgcc_s.so.1` is there, which programs of Rust and C++ need beside the libc.
    pub libgcc: Option<bool>,
    /// USER of the image, as in `root` or `65532`.
    pub user: &'static str,
    /// Names in its user database.
    pub users: &'static [&'static str],
    /// Names in its group database.
    pub groups: &'static [&'static str],
    /// Whether both lists are complete, so that another name is certainly not there.
    pub all_users: bool,
    /// Language whose compiler, interpreter or development kit is inside.
    pub toolchain: Option<Toolchain>,
    /// Names of the variables that it sets, each alone or with `=` and its value.
    pub env: &'static [&'static str],
    /// WORKDIR of the image.
    pub workdir: &'static str,
    /// What its ENTRYPOINT and CMD do.
    pub start: Start,
    /// How much its figures can be trusted; `Low` is to be marked as not verified.
    pub confidence: Confidence,
    /// Where the figures were read; `{name}` and `{tag}` stand for the parts of the reference.
    pub(super) source: &'static str,
    pub(super) ratio: &'static Ratio,
    pub(super) amd64: Bytes,
    pub(super) arm64: Bytes,
    /// How far the truth may lie from the recorded bytes, by thousand.
    pub(super) margin: u16,
}

/// Recorded bytes of one platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bytes {
    /// All regular files of all layers.
    pub unpacked: Option<u32>,
    /// The layers as a registry holds them.
    pub compressed: Option<u32>,
}

impl BaseImage {
    /// Both sizes on a platform, in bytes.
    ///
    /// A recorded figure is as wide as its confidence and age ask for. Where only one of the two is
    /// recorded, the other follows from the ratio of its kind; where arm64 is not recorded, it
    /// follows from amd64, widely: 64 KiB alignment makes glibc images up to 1.7 times as big.
    pub fn size(&self, platform: Platform) -> Size {
        let amd64 = self.amd64_size();
        let Platform::Arm64 = platform else { return amd64 };
        let grown = match self.libc {
            Libc::Glibc => &RATIO_ARM64_UNPACKED,
            Libc::None | Libc::Musl => &RATIO_ARM64_UNPACKED_STATIC,
        };
        let unpacked = self.recorded(self.arm64.unpacked);
        let compressed = self.recorded(self.arm64.compressed);
        self.ratio.whole(
            unpacked
                .or_else(|| amd64.unpacked.map(|range| grown.compressed(range)))
                .or_else(|| compressed.map(|range| self.ratio.unpacked(range))),
            compressed
                .or_else(|| amd64.compressed.map(|range| RATIO_ARM64_COMPRESSED.compressed(range))),
        )
    }

    /// Whether both sizes of the platform were recorded rather than reckoned.
    pub fn recorded_for(&self, platform: Platform) -> bool {
        let bytes = match platform {
            Platform::Amd64 => self.amd64,
            Platform::Arm64 => self.arm64,
        };
        bytes.unpacked.is_some() && bytes.compressed.is_some()
    }

    /// Whether it holds little beside what its programs need: no shell, or a small distribution.
    pub fn is_small(&self) -> bool {
        let small = self.family == Family::Alpine || self.reference.contains("slim");
        self.shell.is_none() || small
    }

    /// Where the figures were read.
    pub fn source(&self) -> String {
        let (name, tag) = self.reference.split_once(':').unwrap_or((self.reference, ""));
        self.source.replace("{name}", name).replace("{tag}", tag)
    }

    /// Source and date in one line, marked where the figures are not verified.
    pub fn cite(&self) -> String {
        let source = self.source();
        if self.confidence == Confidence::Exact {
            return source;
        }
        let date = if self.date.is_empty() { "date not recorded" } else { self.date };
        let mark = if self.confidence == Confidence::Low { ", not verified" } else { "" };
        format!("{source} ({date}{mark})")
    }

    fn amd64_size(&self) -> Size {
        let unpacked = self.recorded(self.amd64.unpacked);
        let compressed = self.recorded(self.amd64.compressed);
        self.ratio.whole(
            unpacked.or_else(|| compressed.map(|range| self.ratio.unpacked(range))),
            compressed.or_else(|| unpacked.map(|range| self.ratio.compressed(range))),
        )
    }

    fn recorded(&self, bytes: Option<u32>) -> Option<Range> {
        bytes.map(|bytes| around(u64::from(bytes), u64::from(self.margin)))
    }
}

/// One row of the table "the same program on each base image".
#[derive(Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The image; always one of the catalogue.
    pub reference: &'static str,
    /// A short name for the page.
    pub title: &'static str,
    /// What it is for, in one line.
    pub purpose: &'static str,
    /// Whether the image holds the tool chain itself, so that one stage builds and ships.
    pub single_stage: bool,
}

impl Candidate {
    /// The image.
    pub fn image(&self) -> Option<&'static BaseImage> {
        let place = IMAGES.binary_search_by(|image| image.reference.cmp(self.reference)).ok()?;
        IMAGES.get(place)
    }
}

/// The base images that the page compares, in the order in which it shows them.
pub fn candidates() -> &'static [Candidate] {
    &CANDIDATES
}

/// All base images, sorted by reference.
pub fn images() -> &'static [BaseImage] {
    &IMAGES
}
