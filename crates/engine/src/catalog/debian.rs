//! What `apt-get install` and `apt-get update` add on Debian and Ubuntu.

use std::sync::LazyLock;

use super::data::{self, BOOKWORM_LISTS, DEBIAN_DATE, DEBIAN_SOURCE, TRIXIE_LISTS};
use super::facts::{Confidence, Family, release as find_release, steps_between};
use super::range::{around, plus, scaled, widened};
use super::table::{number, rows, words};
use crate::size::{Range, Size};

/// One package: what installing it alone adds to a base of each suite.
struct DebianPackage {
    name: &'static str,
    bookworm: Option<Install>,
    bookworm_all: Option<Install>,
    trixie: Option<Install>,
    trixie_all: Option<Install>,
    /// Places in the table of other packages that it pulls in.
    contains: &'static str,
}

/// All packages, sorted by name.
static DEBIAN: LazyLock<Vec<DebianPackage>> =
    LazyLock::new(|| rows(data::DEBIAN).map(package).collect());

fn package(cells: [&'static str; 14]) -> DebianPackage {
    let [name, a, b, c, d, e, f, g, h, i, j, k, l, contains] = cells;
    let install = |kilobytes, full, gzip| {
        Some(Install { kilobytes: number(kilobytes)?, full: number(full)?, gzip: number(gzip)? })
    };
    // An equals sign stands where nothing is recommended.
    let all = |alone, kilobytes, full, gzip| match kilobytes {
        "=" => alone,
        _ => install(kilobytes, full, gzip),
    };
    let (bookworm, trixie) = (install(a, b, c), install(g, h, i));
    DebianPackage {
        name,
        bookworm,
        bookworm_all: all(bookworm, d, e, f),
        trixie,
        trixie_all: all(trixie, j, k, l),
        contains,
    }
}

/// Bytes that installing one package adds, with all that it pulls in.
#[derive(Debug, Clone, Copy)]
pub struct Install {
    /// Thousands of bytes on a slim base.
    pub(super) kilobytes: u32,
    /// Bytes on a full base by those on a slim one, by ten thousand.
    pub(super) full: u16,
    /// Compressed bytes on a slim base by unpacked ones, by ten thousand.
    pub(super) gzip: u16,
}

impl Install {
    fn unpacked(self, slim: bool) -> u64 {
        let bytes = u64::from(self.kilobytes) * 1000;
        if slim { bytes } else { bytes.saturating_mul(u64::from(self.full)) / 10_000 }
    }

    /// Only slim bases were compressed; documentation and manuals compress no worse.
    fn compressed(self, slim: bool) -> u64 {
        self.unpacked(slim).saturating_mul(u64::from(self.gzip)) / 10_000
    }
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
    let mut found: Vec<(usize, Install)> = Vec::new();
    for name in names {
        let bare = bare_name(name);
        let place = DEBIAN.binary_search_by(|package| package.name.cmp(bare)).ok();
        let install = place.and_then(|place| DEBIAN.get(place)).and_then(|package| {
            match (trixie, recommends) {
                (false, false) => package.bookworm,
                (false, true) => package.bookworm_all,
                (true, false) => package.trixie,
                (true, true) => package.trixie_all,
            }
        });
        match place.zip(install) {
            Some((place, _)) if found.iter().any(|(known, _)| *known == place) => {}
            Some(known) => found.push(known),
            None => unknown.push(bare.to_owned()),
        }
    }
    let pulled_in = |place: usize| {
        found
            .iter()
            .filter_map(|(other, _)| DEBIAN.get(*other))
            .any(|other| words(other.contains).any(|inside| number(inside) == Some(place)))
    };
    let installs: Vec<Install> =
        found.iter().filter(|(place, _)| !pulled_in(*place)).map(|(_, install)| *install).collect();
    let mut size = Size::UNKNOWN;
    if !installs.is_empty() || (unknown.is_empty() && !names.is_empty()) {
        let bytes = installs.iter().map(|install| install.unpacked(slim));
        let mut unpacked = widened(union(bytes, REWRITTEN.0), ERROR);
        let gzip = installs.iter().map(|install| install.compressed(slim));
        let mut compressed = widened(union(gzip, REWRITTEN.1), if slim { 50 } else { 150 });
        if !measured {
            unpacked = scaled(unpacked, 600, 1000, 1600);
            compressed = scaled(compressed, 600, 1000, 1600);
        }
        size = data::RATIO_APT.whole(Some(unpacked), Some(compressed));
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
    let lists = if trixie { TRIXIE_LISTS } else { BOOKWORM_LISTS };
    // The lists grow with every point release and security update.
    let mut unpacked = around(lists.unpacked(true), 50);
    let mut compressed = around(lists.compressed(true), 100);
    if !measured {
        // Ubuntu's lists hold universe too: up to two and a half times as much.
        unpacked = scaled(unpacked, 600, 1000, 2500);
        compressed = scaled(compressed, 600, 1000, 2500);
    }
    // A dozen large files.
    data::RATIO_PACKED.whole(Some(unpacked), Some(compressed))
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
