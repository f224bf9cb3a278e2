//! From an image reference to the row of the catalogue that answers for it.

use super::base::BaseImage;
use super::data::ALSO;
use super::facts::{Family, Libc, Platform, Release, release as find_release, steps_between};
use super::images::IMAGES;
use super::range::widened;
use super::tag::{Parts, Variant};
use crate::size::Size;
use std::sync::LazyLock;

/// How the image that was asked for and the row that was found go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Match {
    /// The row is about this tag, or about another name of the same image.
    Exact,
    /// The row is about the nearest image.
    Nearest(Difference),
}

/// In what the image that was asked for differs from the nearest row, from little to much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Difference {
    /// The tag moves, as `latest` does; the row is what it stood for on the catalogue's date.
    Moving,
    /// Another patch release or another build of the same version.
    Patch,
    /// Another release of the distribution.
    Release,
    /// Another version of the program.
    Version,
}

impl Difference {
    /// What differs, to follow "reckoned as golang:1.26-alpine: ".
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Moving => "the tag moves",
            Self::Patch => "another patch release",
            Self::Release => "on another release of the distribution",
            Self::Version => "another version",
        }
    }
}

/// A row of the catalogue, found for a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The row.
    pub image: &'static BaseImage,
    /// How it was found.
    pub how: Match,
    /// Release of the image that was *asked for*, as in `bookworm`; empty where it is not certain.
    pub release: &'static str,
    /// Version of the libc of the image that was *asked for*; empty where it is not certain.
    pub libc_version: &'static str,
    /// By how much, by thousand, the sizes widen; `None` where the row is too far to tell.
    drift: Option<u16>,
}

impl Found {
    /// Both sizes in bytes, widened by what the nearest row may differ; none where it is too far.
    pub fn size(&self, platform: Platform) -> Size {
        let Some(drift) = self.drift else { return Size::UNKNOWN };
        let size = self.image.size(platform);
        let wider = |range| widened(range, u64::from(drift));
        Size {
            unpacked: size.unpacked.map(wider),
            compressed: size.compressed.map(wider),
            blocks: size.blocks.map(wider),
        }
    }
}

/// Registries and namespaces that lead to Docker's official images.
const OFFICIAL: [&str; 13] = [
    "docker.io/library/",
    "index.docker.io/library/",
    "registry-1.docker.io/library/",
    "registry.hub.docker.com/library/",
    "public.ecr.aws/docker/library/",
    "mirror.gcr.io/library/",
    "docker.io/",
    "index.docker.io/",
    "registry-1.docker.io/",
    "library/",
    // Copies of these images under other names.
    "amd64/",
    "mcr.microsoft.com/mirror/docker/library/",
    "mcr.microsoft.com/oss/mirror/docker.io/library/",
];

/// The name as people write it: `docker.io/library/alpine` and `library/alpine` are `alpine`.
pub fn familiar_name(name: &str) -> &str {
    OFFICIAL.iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name)
}

/// A name under which the catalogue has an image, taken apart.
struct Row {
    known: &'static str,
    name: &'static str,
    tag: &'static str,
    parts: Parts<'static>,
    image: &'static BaseImage,
    /// The release of the image, and its place among all.
    own: Option<&'static Release>,
    age: u8,
}

/// The references of all images in their order, and behind them the other names.
static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let also = ALSO.iter();
    let also = also.filter_map(|(known, number)| Some((*known, IMAGES.get(usize::from(*number))?)));
    let names = IMAGES.iter().map(|image| (image.reference, image)).chain(also);
    let row = |(known, image): (&'static str, &'static BaseImage)| {
        let (name, tag) = split(known);
        let own = find_release(image.release);
        Row { known, name, tag, parts: Parts::new(name, tag), image, own, age: own.map_or(0, age) }
    };
    names.map(row).collect()
});

/// The rows whose reference starts with `start`.
fn images_from(start: &str) -> impl Iterator<Item = &'static Row> {
    let images = ROWS.get(..IMAGES.len()).unwrap_or_default();
    let first = images.partition_point(|row| row.known < start);
    images.iter().skip(first).take_while(move |row| row.known.starts_with(start))
}

/// The row for an image: itself, another name of it, or the nearest one of the same repository with
/// the same variant (alpine, slim, full), family and words (`jre`, `fpm`).
///
/// `name` is without tag and digest. An image that no row is near is `None`.
pub fn base_image(name: &str, tag: Option<&str>) -> Option<Found> {
    let name = familiar_name(name);
    let tag = tag.filter(|tag| !tag.is_empty()).unwrap_or("latest");
    let asked = Parts::new(name, tag);
    let mut best: Option<Candidate> = None;
    let other_names = ROWS.iter().skip(IMAGES.len());
    for row in images_from(asked.repository).chain(other_names) {
        if row.name == name && row.tag == tag {
            return Some(found(row.image, Match::Exact, row.own, Some(0)));
        }
        let Some(candidate) = compare(&asked, row) else { continue };
        if best.as_ref().is_none_or(|best| candidate.rank < best.rank) {
            best = Some(candidate);
        }
    }
    let best = best?;
    let how = best.difference.map_or(Match::Exact, Match::Nearest);
    // An unnamed release is the row's own, unless the version or the release is another one.
    let certain = !asked.names_release && best.difference < Some(Difference::Release);
    let release = if certain { find_release(best.image.release) } else { asked.release };
    Some(found(best.image, how, release, best.drift))
}

/// The row for the `slim` variant of an image that is none: the same version on the same release of
/// the distribution.
pub fn slim_variant(name: &str, tag: Option<&str>) -> Option<&'static BaseImage> {
    let name = familiar_name(name);
    let asked = Parts::new(name, tag?);
    if asked.variant != Variant::Full {
        return None;
    }
    let release = |parts: &Parts<'_>| parts.release.map(|release| release.name);
    let slim = |row: &&Row| {
        row.name == name
            && row.tag.contains("slim")
            && row.parts.variant == Variant::Slim
            && row.parts.version == asked.version
            && row.parts.words == asked.words
            && row.parts.names_release == asked.names_release
            && release(&row.parts) == release(&asked)
    };
    images_from(name).find(slim).map(|row| row.image)
}

fn found(
    image: &'static BaseImage,
    how: Match,
    release: Option<&'static Release>,
    drift: Option<u16>,
) -> Found {
    let same = release.is_none_or(|release| release.name == image.release);
    let sure = !matches!(how, Match::Nearest(Difference::Release | Difference::Version));
    let libc_version = match (image.libc, release) {
        (Libc::None, _) => "",
        _ if same && sure => image.libc_version,
        (_, Some(release)) => release.libc,
        (_, None) => "",
    };
    Found { image, how, release: release.map_or("", |release| release.name), libc_version, drift }
}

/// A row that is near enough.
struct Candidate {
    image: &'static BaseImage,
    difference: Option<Difference>,
    drift: Option<u16>,
    /// The smallest is the best: class of version, class of release, then newest first.
    rank: Rank,
}

type Rank = (u32, u32, std::cmp::Reverse<(super::tag::Version, usize)>);

/// How near a row is to what was asked for; `None` where it is another image.
fn compare(asked: &Parts<'_>, candidate: &Row) -> Option<Candidate> {
    let Row { parts: row, image, own, age, .. } = candidate;
    if asked.repository != row.repository
        || asked.variant != row.variant
        || asked.words != row.words
    {
        return None;
    }
    let distribution = asked.repository == "alpine"
        || matches!(asked.repository, "debian" | "ubuntu" | "amazonlinux")
        || asked.repository.starts_with("gcr.io/distroless/");
    let version = version(asked, row, distribution);
    let release = release(asked, row, *own, distribution)?;
    let moving = asked.moving.then_some(Difference::Moving);
    let dated = asked.dated.then_some(Difference::Patch);
    let difference = version.difference.max(release.difference).max(dated).max(moving);
    let sum = |a: Option<u16>, b: Option<u16>| Some(a?.saturating_add(b?));
    let drift = sum(sum(version.drift, release.drift), Some(if asked.dated { 20 } else { 0 }));
    let newest = std::cmp::Reverse((row.version, usize::from(*age)));
    Some(Candidate { image, difference, drift, rank: (version.rank, release.rank, newest) })
}

/// How two versions, or two releases, go together.
struct Nearness {
    rank: u32,
    difference: Option<Difference>,
    drift: Option<u16>,
}

const SAME: Nearness = Nearness { rank: 0, difference: None, drift: Some(0) };

fn version(asked: &Parts<'_>, row: &Parts<'_>, distribution: bool) -> Nearness {
    if asked.version == row.version {
        // Words such as `lts` and `mainline` without a number may stand for different versions.
        let moving = asked.version.count() == 0 && !distribution;
        let difference = moving.then_some(Difference::Moving);
        return Nearness { rank: 0, difference, drift: Some(if moving { 30 } else { 0 }) };
    }
    if row.version.starts(asked.version) && row.version.count() > 1 {
        return Nearness { rank: 1, difference: Some(Difference::Patch), drift: Some(20) };
    }
    // `node:22` covers every release of a year, `python:3` every one of many years.
    if row.version.starts(asked.version) && row.version.count() == 1 {
        return Nearness { rank: 2, difference: Some(Difference::Patch), drift: Some(80) };
    }
    if row.version.count() == 0 && asked.repository.contains('/') {
        // Outside the official images there is one row for all versions of a name such as ubi9.
        return Nearness { rank: 3, difference: Some(Difference::Patch), drift: Some(50) };
    }
    if row.version.count() == 0 {
        return Nearness { rank: 3, difference: Some(Difference::Version), drift: Some(100) };
    }
    if asked.version.starts(row.version) {
        return Nearness { rank: 4, difference: Some(Difference::Moving), drift: Some(30) };
    }
    let steps = asked.version.steps(row.version).max(1);
    // One line of versions to the next changes an image by up to a sixth (Go 1.24 to 1.25); two
    // minor versions of a program can change it by half (Go 1.19 to 1.21).
    let far = if distribution || row.version.count() == 1 { 2 } else { 1 };
    let drift = u16::try_from(steps).ok().filter(|steps| *steps <= far).map(|steps| steps * 170);
    Nearness { rank: 5_u32.saturating_add(steps), difference: Some(Difference::Version), drift }
}

fn release(
    asked: &Parts<'_>,
    row: &Parts<'_>,
    own: Option<&'static Release>,
    distribution: bool,
) -> Option<Nearness> {
    if asked.repository == "alpine" {
        // Its version is its release, and `version` has compared it.
        return Some(SAME);
    }
    let Some(wanted) = asked.release else {
        if asked.names_release {
            return Some(Nearness { rank: 8, difference: Some(Difference::Release), drift: None });
        }
        if !row.names_release {
            return Some(SAME);
        }
        // Official images are on Debian or Ubuntu unless the tag says otherwise.
        let by_default = own.is_none_or(|own| !matches!(own.family, Family::Rhel | Family::Amazon));
        let moving = distribution || row.variant == Variant::Alpine;
        let difference = Some(if moving { Difference::Moving } else { Difference::Release });
        let near = Nearness { rank: 1, difference, drift: Some(50) };
        return (by_default || distribution).then_some(near);
    };
    let Some(own) = own else {
        let near = Nearness { rank: 2, difference: Some(Difference::Release), drift: Some(80) };
        return (row.variant == Variant::Alpine || !row.names_release).then_some(near);
    };
    let steps = u16::try_from(steps_between(wanted, own)?).ok()?;
    if steps == 0 {
        return Some(SAME);
    }
    // A distribution's own image changes more from release to release than a program on it.
    let drift = match distribution {
        true => (steps <= 2).then_some(steps * 150),
        false => (steps <= 4).then_some(steps * 40),
    };
    Some(Nearness { rank: 2 + u32::from(steps), difference: Some(Difference::Release), drift })
}

/// Place of the release among all, so that newer ones of a family come later.
fn age(release: &Release) -> u8 {
    let place = super::data::RELEASES.iter().position(|known| known.name == release.name);
    place.and_then(|place| u8::try_from(place).ok()).unwrap_or(0)
}

/// Name and tag of a row; `latest` where it has no tag.
fn split(reference: &str) -> (&str, &str) {
    match reference.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => (name, tag),
        _ => (reference, "latest"),
    }
}
