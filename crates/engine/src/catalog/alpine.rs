//! What `apk add` installs on Alpine.

use std::sync::LazyLock;

use super::data::{self, ALPINE_BASE, ALPINE_DATABASE, ALPINE_INDEX, CATALOGUE_DATE};
use super::debian::{PackageBytes, bare_name};
use super::facts::Confidence;
use super::kinds::LayerKind;
use super::range::{around, plus, scaled};
use super::table::{number, pick, rows, words};
use crate::size::{Range, Size};

/// The files of one package in one release.
struct AlpinePackage {
    name: &'static str,
    /// The 20 of Alpine 3.20.
    minor: u8,
    /// Its own files, without what it needs.
    bytes: u32,
    /// Whether each file was rounded up to 4 KiB, as abuild did up to 3.20.
    rounded: bool,
    /// Whether what it needs is not recorded.
    incomplete: bool,
    confidence: Confidence,
    /// The packages that come with it and are not in alpine itself, with spaces between them.
    needs: &'static str,
}

/// All packages, sorted by name.
static ALPINE: LazyLock<Vec<AlpinePackage>> =
    LazyLock::new(|| rows(data::ALPINE).filter_map(package).collect());

/// What `apk add` of these packages adds to a layer, without the index.
///
/// What packages need is recorded, so that a union is exact: each package counts once. Figures of
/// another release than the one asked for are 20 % less to 25 % more; those that were rounded up
/// by file reach down to 1/1.6 of themselves, or to the true figure of a later release.
pub fn alpine_packages(release: &str, names: &[&str]) -> PackageBytes {
    let minor = release.strip_prefix("3.").and_then(|minor| minor.parse().ok());
    let mut unknown = Vec::new();
    let mut confidence = Confidence::High;
    let mut todo: Vec<&str> = Vec::new();
    for name in names {
        let bare = bare_name(name);
        if ALPINE_BASE.binary_search(&bare).is_ok() || bare.starts_with('.') {
            continue;
        }
        match nearest(bare, minor) {
            Some(_) => todo.push(bare),
            None => unknown.push(bare.to_owned()),
        }
    }
    let known = !todo.is_empty();
    let mut total = if known { ALPINE_DATABASE } else { Range::default() };
    let mut seen: Vec<&str> = Vec::new();
    while let Some(name) = todo.pop() {
        if seen.contains(&name) {
            continue;
        }
        seen.push(name);
        let Some(package) = nearest(name, minor) else { continue };
        confidence = confidence.min(package.confidence);
        if package.incomplete || package.rounded || minor != Some(package.minor) {
            confidence = confidence.min(Confidence::Medium);
        }
        total = plus(total, bytes(package, minor));
        todo.extend(words(package.needs));
    }
    let size = if known || (unknown.is_empty() && !names.is_empty()) {
        LayerKind::Apk.size(total)
    } else {
        Size::UNKNOWN
    };
    PackageBytes { size, unknown, confidence, source: &SOURCE }
}

static SOURCE: LazyLock<String> = LazyLock::new(|| {
    format!("`apk info -s` listings in docker-library/repo-info ({CATALOGUE_DATE})")
});

/// `/var/cache/apk` after `apk add` without `--no-cache`, or after `apk update`: about 2.4 MB of
/// compressed index. Prior knowledge, not measured.
pub fn alpine_index() -> Size {
    LayerKind::Packed.size(ALPINE_INDEX)
}

fn package(cells: [&'static str; 7]) -> Option<AlpinePackage> {
    let [name, minor, bytes, rounded, incomplete, confidence, needs] = cells;
    Some(AlpinePackage {
        name,
        minor: number(minor)?,
        bytes: number(bytes)?,
        rounded: !rounded.is_empty(),
        incomplete: !incomplete.is_empty(),
        confidence: pick(&data::CONFIDENCES, confidence)?,
        needs,
    })
}

/// The package in the release nearest to the one asked for; the later one of two equally near.
fn nearest(name: &str, minor: Option<u8>) -> Option<&'static AlpinePackage> {
    releases(name).min_by_key(|package| match minor {
        Some(minor) => {
            package.minor.abs_diff(minor).saturating_mul(2) + u8::from(package.minor < minor)
        }
        None => u8::MAX - package.minor,
    })
}

fn releases(name: &str) -> impl Iterator<Item = &'static AlpinePackage> {
    let start = ALPINE.partition_point(|package| package.name < name);
    ALPINE.iter().skip(start).take_while(move |package| package.name == name)
}

/// The bytes of the package's own files.
fn bytes(package: &'static AlpinePackage, minor: Option<u8>) -> Range {
    let exact = u64::from(package.bytes);
    let mut range = match package.confidence {
        Confidence::Low => around(exact, 250),
        _ => around(exact, 30),
    };
    if package.rounded {
        let unrounded = releases(package.name).find(|row| !row.rounded);
        let true_bytes = unrounded.map(|row| u64::from(row.bytes));
        let low = exact.saturating_mul(10) / 16;
        let likely = true_bytes.unwrap_or(exact.saturating_mul(10) / 12).min(exact);
        range = Range { low: low.min(likely.saturating_mul(9) / 10), likely, high: exact };
    }
    if minor != Some(package.minor) {
        range = scaled(range, 800, 1000, 1250);
    }
    if package.incomplete {
        // Its libraries are missing: as much again is plausible.
        range = scaled(range, 1000, 1250, 2000);
    }
    range
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        assert_eq!(ALPINE.len(), data::ALPINE.1);
        let missing = |needed: &str| !ALPINE.iter().any(|package| package.name == needed);
        assert_eq!(ALPINE.iter().flat_map(|row| words(row.needs)).find(|name| missing(name)), None);
    }
}
