//! What `apt-get install` and `apt-get update` add on Debian and Ubuntu.

use super::data::{BOOKWORM_LISTS, DEBIAN, DEBIAN_DATE, DEBIAN_SOURCE, TRIXIE_LISTS};
use super::facts::{Confidence, Family, release as find_release, steps_between};
use super::range::{around, plus, scaled, widened};
use crate::size::{Range, Size};

/// One package: what installing it alone adds to a base of each suite.
#[derive(Debug)]
pub struct DebianPackage {
    pub(super) name: &'static str,
    pub(super) bookworm: Option<Install>,
    pub(super) bookworm_all: Option<Install>,
    pub(super) trixie: Option<Install>,
    pub(super) trixie_all: Option<Install>,
    /// Other packages of the table that it pulls in.
    pub(super) contains: &'static [&'static str],
}

/// Bytes that installing one package adds, with all that it pulls in.
#[derive(Debug, Clone, Copy)]
pub struct Install {
    pub(super) slim: u32,
    pub(super) full: u32,
    pub(super) gzip: u32,
}

/// What a list of packages adds to the layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageBytes {
    /// Bytes of the known packages, with what they pull in; `None` where none is known.
    pub size: Size,
    /// The packages that the catalogue does not know; the size is without them.
    pub unknown: Vec<String>,
    /// How much the size can be trusted.
    pub confidence: Confidence,
    /// Where the figures come from, with the date.
    pub source: String,
}

/// The package manager's own files, which every install rewrites (dpkg status and logs): they are
/// in each package's figure but only once in the layer. Bytes, unpacked and compressed.
const REWRITTEN: (u64, u64) = (165_000, 20_000);

/// Of 22 real installs, the worst was off by 1.7 %.
const ERROR: u64 = 20;

/// The part of a second package that is new, by thousand: packages share libraries. One pair was
/// measured, `ca-certificates curl` (0.34); packages without common libraries would have 1.
const NEW_PART: u64 = 500;

/// What `apt-get install` of these packages adds to a layer, without the package lists.
///
/// The closures of several packages overlap and their union is not recorded, so it is bounded: at
/// least the largest closure, at most the sum, most likely the largest and a part of the others.
/// A package that another one of the list pulls in counts once. Only bookworm and trixie were
/// measured; other releases take the nearer of them, 40 % less to 60 % more.
///
/// Names may carry a version (`curl=7.88.1-10`) or an architecture (`libc6:arm64`).
pub fn debian_packages(
    release: &str,
    slim: bool,
    recommends: bool,
    names: &[&str],
) -> PackageBytes {
    let (trixie, measured) = suite(release);
    let mut unknown = Vec::new();
    let mut found: Vec<(&DebianPackage, Install)> = Vec::new();
    for name in names {
        let bare = bare_name(name);
        let package = DEBIAN
            .binary_search_by(|package| package.name.cmp(bare))
            .ok()
            .and_then(|place| DEBIAN.get(place));
        let install = package.and_then(|package| match (trixie, recommends) {
            (false, false) => package.bookworm,
            (false, true) => package.bookworm_all,
            (true, false) => package.trixie,
            (true, true) => package.trixie_all,
        });
        match (package, install) {
            (Some(package), Some(install)) => {
                if !found.iter().any(|(known, _)| known.name == package.name) {
                    found.push((package, install));
                }
            }
            _ => unknown.push(bare.to_owned()),
        }
    }
    let pulled_in = |name: &str| found.iter().any(|(other, _)| other.contains.contains(&name));
    let installs: Vec<Install> = found
        .iter()
        .filter(|(package, _)| !pulled_in(package.name))
        .map(|(_, install)| *install)
        .collect();
    let mut size = Size { unpacked: None, compressed: None };
    if !installs.is_empty() || (unknown.is_empty() && !names.is_empty()) {
        let bytes = installs
            .iter()
            .map(|install| u64::from(if slim { install.slim } else { install.full }));
        let unpacked = widened(union(bytes, REWRITTEN.0), ERROR);
        // Only slim bases were compressed; documentation and manuals compress no worse.
        let gzip = installs.iter().map(|install| gzip_on(*install, slim));
        let compressed = widened(union(gzip, REWRITTEN.1), if slim { 50 } else { 150 });
        size = Size { unpacked: Some(unpacked), compressed: Some(compressed) };
        if !measured {
            size.unpacked = Some(scaled(unpacked, 600, 1000, 1600));
            size.compressed = Some(scaled(compressed, 600, 1000, 1600));
        }
    }
    PackageBytes {
        size,
        unknown,
        confidence: if measured { Confidence::High } else { Confidence::Medium },
        source: format!("{DEBIAN_SOURCE} ({DEBIAN_DATE})"),
    }
}

/// `/var/lib/apt/lists` after `apt-get update`, which stays unless the same RUN removes it.
///
/// Measured for bookworm and trixie with the configuration of the official images.
pub fn apt_lists(release: &str) -> Size {
    let (trixie, measured) = suite(release);
    let Some(lists) = (if trixie { TRIXIE_LISTS } else { BOOKWORM_LISTS }) else {
        return Size { unpacked: None, compressed: None };
    };
    // The lists grow with every point release and security update.
    let unpacked = around(u64::from(lists.slim), 50);
    let compressed = around(u64::from(lists.gzip), 100);
    if measured {
        return Size { unpacked: Some(unpacked), compressed: Some(compressed) };
    }
    // Ubuntu's lists hold universe too: up to two and a half times as much.
    Size {
        unpacked: Some(scaled(unpacked, 600, 1000, 2500)),
        compressed: Some(scaled(compressed, 600, 1000, 2500)),
    }
}

/// Whether trixie stands for the release, and whether the release itself was measured.
fn suite(release: &str) -> (bool, bool) {
    match release {
        "bookworm" => return (false, true),
        "trixie" => return (true, true),
        _ => {}
    }
    let Some(asked) = find_release(release) else { return (true, false) };
    let turning_point = match asked.family {
        Family::Ubuntu => "noble",
        _ => "trixie",
    };
    let Some(turn) = find_release(turning_point) else { return (true, false) };
    // Releases stand by age: going on from the turning point or back to it.
    let first = match asked.family {
        Family::Ubuntu => "trusty",
        _ => "jessie",
    };
    let steps = |to| find_release(first).and_then(|from| steps_between(from, to));
    (steps(asked) >= steps(turn), false)
}

fn gzip_on(install: Install, slim: bool) -> u64 {
    let gzip = u64::from(install.gzip);
    if slim || install.slim == 0 {
        return gzip;
    }
    gzip.saturating_mul(u64::from(install.full)) / u64::from(install.slim)
}

/// The union of closures of which only the sizes are known. `rewritten` is in each of them.
fn union(sizes: impl Iterator<Item = u64>, rewritten: u64) -> Range {
    let mut largest = 0;
    let mut own = 0_u64;
    let mut largest_own = 0;
    for size in sizes {
        let without = size.saturating_sub(rewritten);
        own = own.saturating_add(without);
        largest_own = largest_own.max(without);
        largest = largest.max(size);
    }
    let others = own.saturating_sub(largest_own);
    let new = others.saturating_mul(NEW_PART) / 1000;
    plus(
        Range { low: largest, likely: largest, high: largest },
        Range { low: 0, likely: new, high: others },
    )
}

/// The name without version, architecture and the `-` or `+` that apt understands at the end.
pub(super) fn bare_name(name: &str) -> &str {
    name.split(['=', '<', '>', '~', ':', '@', '/']).next().unwrap_or(name)
}
