//! Sizes of Go programs, and of what building them leaves in the image.

use super::data::{
    self, GO_ARM64, GO_CGO_DYNAMIC, GO_CGO_STATIC, GO_DATE, GO_ERROR, GO_FACTORS,
    GO_MODULES_SOURCE, GO_PROFILES, GO_SOURCE, GO_SQLITE, GO_UPX, GO_UPX_STRIPPED,
};
use super::facts::Platform;
use super::kinds::LayerKind;
use super::range::{around, scaled};
use crate::size::{Range, Size};

/// A kind of program whose size was measured.
#[derive(Debug)]
pub struct GoProfile {
    /// Name in look-ups, as in `http-api`.
    pub name: &'static str,
    /// A short name for the page.
    pub title: &'static str,
    /// What the measured program uses.
    pub holds: &'static str,
    pub(super) binaries: &'static [GoBinary],
    pub(super) build_caches: &'static [GoBuildCache],
    /// low, likely and high bytes of the module cache; not measured.
    pub(super) modules: [u32; 3],
}

/// One measured build with `CGO_ENABLED=0`: bytes and bytes after gzip.
#[derive(Debug)]
pub struct GoBinary {
    /// The 26 of Go 1.26.
    pub(super) minor: u8,
    pub(super) platform: Platform,
    pub(super) whole: [u32; 2],
    pub(super) stripped: [u32; 2],
}

/// One measured build cache.
#[derive(Debug)]
pub struct GoBuildCache {
    pub(super) minor: u8,
    pub(super) bytes: u32,
    pub(super) gzip: u32,
}

/// How a Go program is linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Linkage {
    /// `CGO_ENABLED=0`: static, no libc needed.
    #[default]
    Pure,
    /// cgo with net or os/user: needs the libc that it was built with.
    Dynamic,
    /// cgo with external linking and `-extldflags -static`: static, libc inside.
    StaticLibc,
}

/// What a build leaves in the image unless it works on cache mounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoCaches {
    /// `/root/.cache/go-build`; measured.
    pub build: Size,
    /// `/go/pkg/mod`; not measured, wide.
    pub modules: Size,
    /// Where the build cache's figures come from.
    pub build_source: &'static str,
    /// Why the module cache's figures are wide.
    pub modules_source: &'static str,
}

/// The measured kinds of programs, smallest first.
pub fn go_profiles() -> &'static [GoProfile] {
    &GO_PROFILES
}

impl GoProfile {
    /// The profile of that name.
    pub fn from_name(name: &str) -> Option<&'static Self> {
        GO_PROFILES.iter().find(|profile| profile.name == name)
    }

    /// Where its figures come from, with the date.
    pub fn cite(&self) -> String {
        format!("{GO_SOURCE} ({GO_DATE})")
    }

    /// Bytes of its program as Go 1.22 links it for amd64, with its symbols.
    pub(super) fn bytes(&self) -> u64 {
        self.measured().map_or(0, |binary| u64::from(binary.whole[0]))
    }

    fn measured(&self) -> Option<&GoBinary> {
        let is = |binary: &&GoBinary| binary.minor == 22 && binary.platform == Platform::Amd64;
        self.binaries.iter().find(is)
    }

    /// Whether its program needs no module but the standard library.
    pub fn is_standard_library(&self) -> bool {
        self.modules == [0; 3]
    }
}

/// What `-ldflags "-s -w"` takes off a program, by thousand of its bytes: the least, the middle and the
/// most of all that were measured; first unpacked, then compressed.
pub fn stripping_saves() -> [Range; 2] {
    [0, 1].map(|which| {
        let bytes = |pair: [u32; 2]| u64::from(if which == 0 { pair[0] } else { pair[1] });
        let mut all: Vec<u64> = Vec::new();
        for binary in GO_PROFILES.iter().flat_map(|profile| profile.binaries) {
            let (whole, stripped) = (bytes(binary.whole), bytes(binary.stripped));
            all.extend((whole.saturating_sub(stripped) * 1000).checked_div(whole));
        }
        crate::order::by_number(&mut all, |permille| *permille);
        let at = |index: usize| all.get(index).copied().unwrap_or_default();
        Range { low: at(0), likely: at(all.len() / 2), high: at(all.len().saturating_sub(1)) }
    })
}

/// The bytes of a program of this kind.
///
/// `go_version` is as in `1.26` or `1.26.3`; without one, or with one that is no version, the
/// newest is taken. A measured build is 1.5 % wide, for patch releases and flags such as
/// `-trimpath`. Where version or architecture was not measured, the measured factors between
/// versions and architectures apply, 5 % wide: that covers 95 % of 572 builds. The range says how
/// exactly *this kind* is known, not how well the kind fits the user's program.
pub fn go_binary(
    profile: &GoProfile,
    go_version: &str,
    stripped: bool,
    linkage: Linkage,
    platform: Platform,
) -> Size {
    let wanted = minor(go_version);
    let same_version = || profile.binaries.iter().filter(|binary| binary.minor == wanted);
    let nearest = same_version().find(|binary| binary.platform == platform).or_else(|| {
        let of_platform = |binary: &&GoBinary| binary.platform == Platform::Amd64;
        profile
            .binaries
            .iter()
            .filter(of_platform)
            .min_by_key(|binary| binary.minor.abs_diff(wanted))
    });
    nearest.map_or(Size::UNKNOWN, |nearest| nearest.like(wanted, stripped, linkage, platform))
}

impl GoBinary {
    /// The bytes of a program like this one, linked by another version or for another platform.
    fn like(&self, wanted: u8, stripped: bool, linkage: Linkage, platform: Platform) -> Size {
        let [bytes, gzip] = if stripped { self.stripped } else { self.whole };
        let mut ranges = [around(u64::from(bytes), 15), around(u64::from(gzip), 30)];
        if self.minor != wanted || self.platform != platform {
            let (from, to) = (version_factor(self.minor), version_factor(wanted));
            let arm = if self.platform == platform { 1000 } else { u64::from(GO_ARM64) };
            ranges = [bytes, gzip].map(|bytes| {
                let scaled = u64::from(bytes).saturating_mul(to).saturating_mul(arm) / 1000;
                around(scaled.checked_div(from).unwrap_or(0), u64::from(GO_ERROR))
            });
        }
        let [low, likely, high] = match linkage {
            Linkage::Pure => [1000, 1000, 1000],
            Linkage::Dynamic => GO_CGO_DYNAMIC,
            Linkage::StaticLibc => GO_CGO_STATIC,
        };
        let [unpacked, compressed] = ranges.map(|range| scaled(range, low, likely, high));
        data::RATIO_GO_BINARY.whole(Some(unpacked), Some(compressed))
    }
}

/// The bytes of a program of this kind with what modules add: bytes and bytes after gzip of the
/// program as it is linked, and of the stripped one, both by Go 1.22 for amd64.
pub(super) fn go_binary_with(
    profile: &GoProfile,
    added: [[u32; 2]; 2],
    go_version: &str,
    stripped: bool,
    linkage: Linkage,
    platform: Platform,
) -> Size {
    let Some(alone) = profile.measured() else { return Size::UNKNOWN };
    let plus = |[bytes, gzip]: [u32; 2], [more, more_gzip]: [u32; 2]| {
        [bytes.saturating_add(more), gzip.saturating_add(more_gzip)]
    };
    let [whole, without_symbols] = added;
    let (whole, without_symbols) =
        (plus(alone.whole, whole), plus(alone.stripped, without_symbols));
    let all = GoBinary { whole, stripped: without_symbols, ..*alone };
    all.like(minor(go_version), stripped, linkage, platform)
}

/// A program of this kind that also holds SQLite through `github.com/mattn/go-sqlite3`, bytes.
pub fn sqlite_binary(program: Size, stripped: bool) -> Size {
    let [whole, without_symbols] = GO_SQLITE;
    let bytes = u64::from(if stripped { without_symbols } else { whole });
    let kind = if stripped { LayerKind::GoBinaryStripped } else { LayerKind::GoBinary };
    let extra = kind.size(around(bytes, 100));
    program.plus(extra)
}

/// A program that UPX has packed, by the size of the program before.
pub fn packed_binary(program: Size, stripped: bool) -> Size {
    let factors = if stripped { GO_UPX_STRIPPED } else { GO_UPX };
    let unpacked = program.unpacked.map(|range| scaled(range, factors[0], factors[1], factors[2]));
    unpacked.map_or(Size::UNKNOWN, |unpacked| LayerKind::Packed.size(unpacked))
}

/// What building a program of this kind leaves in the image.
///
/// The build cache was measured for five kinds; the others take the ratio to the binary, 7 to 14
/// times. The module cache was not measured and is wide; programs of the standard library alone
/// have none.
pub fn go_caches(profile: &GoProfile, go_version: &str) -> GoCaches {
    let wanted = minor(go_version);
    let [low, likely, high] = profile.modules.map(u64::from);
    let modules = LayerKind::GoModules.size(Range { low, likely, high });
    let nearest = profile.build_caches.iter().min_by_key(|cache| cache.minor.abs_diff(wanted));
    let build = match nearest {
        Some(cache) if cache.minor == wanted => data::RATIO_GO_BUILD_CACHE.whole(
            Some(around(u64::from(cache.bytes), 50)),
            Some(around(u64::from(cache.gzip), 70)),
        ),
        Some(cache) => {
            let (from, to) = (version_factor(cache.minor), version_factor(wanted));
            let bytes = u64::from(cache.bytes).saturating_mul(to);
            LayerKind::GoBuildCache.size(around(bytes.checked_div(from).unwrap_or(0), 120))
        }
        None => {
            let binary =
                go_binary(profile, go_version, false, Linkage::Pure, Platform::Amd64).unpacked;
            let times = |range| scaled(range, 6700, 9000, 14200);
            match binary.map(times) {
                Some(range) => LayerKind::GoBuildCache.size(range),
                None => Size::UNKNOWN,
            }
        }
    };
    GoCaches { build, modules, build_source: GO_SOURCE, modules_source: GO_MODULES_SOURCE }
}

/// The 26 of `1.26.3`; the newest measured version where there is none.
fn minor(go_version: &str) -> u8 {
    let newest = GO_FACTORS.last().map_or(0, |(minor, _)| *minor);
    let Some(rest) = go_version.strip_prefix("1.") else { return newest };
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest.get(..digits).and_then(|minor| minor.parse().ok()).unwrap_or(newest)
}

/// Size by thousand of the one that Go 1.22 builds; the nearest version where it is not known.
fn version_factor(minor: u8) -> u64 {
    GO_FACTORS
        .iter()
        .min_by_key(|(known, _)| known.abs_diff(minor))
        .map_or(1000, |(_, factor)| u64::from(*factor))
}
