//! What `apt-get install` and `apt-get update` add on Debian and Ubuntu.

use std::sync::LazyLock;

use super::data::{self, BOOKWORM_LISTS, DEBIAN_DATE, DEBIAN_SOURCE, TRIXIE_LISTS};
use super::facts::{Confidence, Family, release as find_release, steps_between};
use super::range::{around, scaled, widened};
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
    contains: Vec<usize>,
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
        contains: words(contains).filter_map(number).collect(),
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
    pub source: &'static str,
}

/// The package manager's own files, which every install rewrites (dpkg status and logs): they are
/// in each package's figure but only once in the layer. Bytes, unpacked and compressed.
const REWRITTEN: (u64, u64) = (165_000, 20_000);

/// Of 22 real installs, the worst was off by 1.7 %.
const ERROR: u64 = 20;

/// How far the union of several closures may lie off, by thousand: packages that are too small to be
/// listed are counted twice, and installed sizes stand for those of files.
const COMMON_ERROR: u64 = 40;

/// What `apt-get install` of these packages adds to a layer, without the package lists.
///
/// The closures of several packages overlap: what they have in common counts once, and so does a
/// package that another one of the list pulls in. Only bookworm and trixie were
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
            .any(|other| other.contains.contains(&place))
    };
    let chosen: Vec<(usize, Install)> =
        found.iter().filter(|(place, _)| !pulled_in(*place)).copied().collect();
    let mut size = Size::UNKNOWN;
    if !chosen.is_empty() || (unknown.is_empty() && !names.is_empty()) {
        let places: Vec<usize> = chosen.iter().map(|(place, _)| *place).collect();
        let common = in_common(trixie, recommends, &places);
        // What is in common is known on slim bases, unpacked; elsewhere it is as large a part.
        let part = |sum: u64| {
            let all: u64 = chosen.iter().map(|(_, each)| each.unpacked(true)).sum();
            common.saturating_mul(sum).checked_div(all).unwrap_or(0)
        };
        let each = || chosen.iter().map(|(_, each)| each.unpacked(slim));
        let bytes = union(each(), part(each().sum()), REWRITTEN.0);
        let gzip = || chosen.iter().map(|(_, each)| each.compressed(slim));
        let gzip = union(gzip(), part(gzip().sum()), REWRITTEN.1);
        let mut bytes = widened(bytes, ERROR);
        let mut gzip = widened(gzip, if slim { 50 } else { 150 });
        if !measured {
            bytes = scaled(bytes, 600, 1000, 1600);
            gzip = scaled(gzip, 600, 1000, 1600);
        }
        size = data::RATIO_APT.whole(Some(bytes), Some(gzip));
    }
    PackageBytes {
        size,
        unknown,
        confidence: if measured { Confidence::High } else { Confidence::Medium },
        source: &SOURCE,
    }
}

static SOURCE: LazyLock<String> = LazyLock::new(|| format!("{DEBIAN_SOURCE} ({DEBIAN_DATE})"));

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

/// The union of closures, of which the sizes are known and what they have in common, less some small
/// packages. `rewritten` is in each of them.
fn union(sizes: impl Iterator<Item = u64>, common: u64, rewritten: u64) -> Range {
    let mut largest = 0;
    let mut sum = 0_u64;
    let mut count = 0_u64;
    for size in sizes {
        sum = sum.saturating_add(size.saturating_sub(rewritten));
        largest = largest.max(size);
        count += 1;
    }
    let sum = sum.saturating_add(if largest > 0 { rewritten } else { 0 });
    let likely = sum.saturating_sub(common).clamp(largest, sum.max(largest));
    if count < 2 {
        return Range { low: likely, likely, high: likely };
    }
    let range = around(likely, COMMON_ERROR);
    Range { low: range.low.max(largest), likely, high: range.high.min(sum) }
}

/// What packages have in common in one suite: sets of packages that share some others.
struct Shared {
    /// Thousands of bytes that the members of each set share.
    kilobytes: Vec<u32>,
    /// The sets that each package is a member of, by its place in the table.
    sets: Vec<Vec<u16>>,
}

impl Shared {
    /// Reads the table that build.rs wrote: a row for each set, members as steps between places.
    fn read(table: (&'static str, usize)) -> Self {
        let mut shared = Self { kilobytes: Vec::new(), sets: vec![Vec::new(); DEBIAN.len()] };
        for (set, [kilobytes, members]) in (0..).zip(rows(table)) {
            shared.kilobytes.push(number(kilobytes).unwrap_or(0));
            let mut place = 0;
            for step in words(members) {
                place += number::<usize>(step).unwrap_or(0);
                if let Some(sets) = shared.sets.get_mut(place) {
                    sets.push(set);
                }
            }
        }
        shared
    }
}

static SHARED: [LazyLock<Shared>; 4] = [
    LazyLock::new(|| Shared::read(data::SHARED_BOOKWORM)),
    LazyLock::new(|| Shared::read(data::SHARED_BOOKWORM_ALL)),
    LazyLock::new(|| Shared::read(data::SHARED_TRIXIE)),
    LazyLock::new(|| Shared::read(data::SHARED_TRIXIE_ALL)),
];

/// Bytes that the closures of these packages have in common: how often a package comes more than
/// once.
fn in_common(trixie: bool, recommends: bool, places: &[usize]) -> u64 {
    let [bookworm, bookworm_all, trixie_alone, trixie_all] = &SHARED;
    let shared = match (trixie, recommends) {
        _ if places.len() < 2 => return 0,
        (false, false) => bookworm,
        (false, true) => bookworm_all,
        (true, false) => trixie_alone,
        (true, true) => trixie_all,
    };
    let mut met = vec![false; shared.kilobytes.len()];
    let mut bytes = 0_u64;
    for set in places.iter().filter_map(|place| shared.sets.get(*place)).flatten() {
        let set = usize::from(*set);
        let Some(met) = met.get_mut(set) else { continue };
        if std::mem::replace(met, true) {
            let kilobytes = shared.kilobytes.get(set).copied().unwrap_or_default();
            bytes = bytes.saturating_add(u64::from(kilobytes) * 1000);
        }
    }
    bytes
}

/// The name without version, architecture and the `-` or `+` that apt understands at the end.
pub(super) fn bare_name(name: &str) -> &str {
    name.split(['=', '<', '>', '~', ':', '@', '/']).next().unwrap_or(name)
}
