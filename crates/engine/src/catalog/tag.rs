//! What the words of an image's name and tag say: version, variant, release.

use super::data::RELEASES;
use super::facts::{Family, Release};
use crate::order;

/// Words that name no image of their own: what they stand for moves.
const MOVING: [&str; 9] =
    ["latest", "lts", "current", "stable", "mainline", "rolling", "edge", "rc", "alpha"];

/// Suffixes that name a platform, as in `nonroot-arm64`.
const PLATFORMS: [&str; 5] = ["amd64", "arm64", "arm64v8", "arm", "s390x"];

/// How much of the distribution is in the image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// Built on Alpine.
    Alpine,
    /// Without documentation and build tools.
    Slim,
    /// Everything.
    Full,
}

/// The numbers of a version: 1, 26 and 3 of `1.26.3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Version {
    parts: [u32; 3],
    count: usize,
}

/// An image's name and tag, taken apart.
#[derive(Debug)]
pub struct Parts<'a> {
    /// The name without what says something about the release.
    pub repository: &'a str,
    /// Its version, empty where the tag has none.
    pub version: Version,
    /// Its variant.
    pub variant: Variant,
    /// The release that it names.
    pub release: Option<&'static Release>,
    /// Whether it names a release, also one that is not known.
    pub names_release: bool,
    /// Whether it names one build of many, as in `bookworm-20240904`.
    pub dated: bool,
    /// Whether a word such as `stable` stands for the release.
    pub moving: bool,
    /// All other words, sorted: `jre`, `fpm`, `nonroot`.
    pub words: Vec<&'a str>,
}

impl Version {
    fn parse(word: &str) -> Self {
        let mut version = Self::default();
        let mut rest = word.strip_prefix('v').unwrap_or(word);
        for part in &mut version.parts {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let Some((digits, after)) = rest.split_at_checked(end) else { break };
            let Ok(number) = digits.parse() else { break };
            *part = number;
            version.count += 1;
            let Some(next) = after.strip_prefix('.') else { break };
            rest = next;
        }
        version
    }

    /// How many numbers it has.
    pub const fn count(self) -> usize {
        self.count
    }

    /// Whether the other version goes on where this one ends, as `1.26.3` does for `1.26`.
    pub fn starts(self, other: Self) -> bool {
        self.count < other.count
            && self.parts.iter().zip(other.parts).take(self.count).all(|(a, b)| *a == b)
    }

    /// Steps between two lines of versions: 2 from 1.24 to 1.26 and from 20 to 22.
    pub fn steps(self, other: Self) -> u32 {
        let ([major, minor, _], [other_major, other_minor, _]) = (self.parts, other.parts);
        let majors = major.abs_diff(other_major);
        if self.count > 1 && other.count > 1 {
            // 2.7 and 3.12 have little in common.
            return if majors > 0 { majors.saturating_add(9) } else { minor.abs_diff(other_minor) };
        }
        majors
    }
}

impl<'a> Parts<'a> {
    /// Takes a familiar name and a tag apart; an empty tag is `latest`.
    pub fn new(name: &'a str, tag: &'a str) -> Self {
        let mut parts = Self {
            repository: name,
            version: Version::default(),
            variant: Variant::Full,
            release: None,
            names_release: false,
            dated: false,
            moving: false,
            words: Vec::new(),
        };
        if name.starts_with("gcr.io/distroless/")
            && let Some((stem, number)) = name.rsplit_once("-debian")
        {
            parts.repository = stem;
            parts.names_release = true;
            parts.release = numbered(Family::Debian, number);
        }
        let family = match name {
            "debian" => Some(Family::Debian),
            "ubuntu" => Some(Family::Ubuntu),
            "amazonlinux" => Some(Family::Amazon),
            _ => None,
        };
        let mut after_alpine = false;
        for (index, word) in tag.split('-').enumerate() {
            let expects_release = std::mem::take(&mut after_alpine);
            if let Some(number) = word.strip_prefix("alpine") {
                parts.variant = Variant::Alpine;
                after_alpine = number.is_empty();
                if !number.is_empty() {
                    parts.set_release(numbered(Family::Alpine, number));
                }
            } else if expects_release && word.starts_with("3.") {
                parts.set_release(numbered(Family::Alpine, word));
            } else if word == "slim" {
                parts.variant = Variant::Slim;
            } else if let Some(release) = named(name, word) {
                parts.set_release(Some(release));
                parts.moving = release.name != word;
            } else if word.len() == 8 && word.bytes().all(|byte| byte.is_ascii_digit()) {
                parts.dated = true;
            } else if index == 0 && Version::parse(word).count > 0 {
                parts.version(word, family);
            } else if !word.is_empty() && !MOVING.contains(&word) && !PLATFORMS.contains(&word) {
                parts.words.push(word);
            }
        }
        if name == "eclipse-temurin" && !parts.words.contains(&"jre") {
            // `21` and `21-jdk` are one image.
            parts.words.retain(|word| *word != "jdk");
        }
        order::by_text(&mut parts.words, |word| word);
        parts
    }

    fn set_release(&mut self, release: Option<&'static Release>) {
        self.names_release = true;
        self.release = release;
    }

    /// A version, which for a distribution is its release.
    fn version(&mut self, word: &str, family: Option<Family>) {
        match family {
            Some(family) => {
                self.set_release(numbered(family, word));
                // `debian:12.5` is one point release of `debian:12`.
                self.dated = self.release.is_some_and(|release| release.number != word);
            }
            None => {
                self.version = Version::parse(word);
                // `1.27rc1` and `21.0.3_9` name one build of the version before the letters.
                self.dated = !word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
                if self.repository == "alpine" && self.version.count > 1 {
                    self.set_release(numbered(Family::Alpine, word));
                }
            }
        }
    }
}

/// The release of that number, also with a point release behind it.
fn numbered(family: Family, word: &str) -> Option<&'static Release> {
    RELEASES.iter().find(|release| {
        release.family == family
            && !release.number.is_empty()
            && word
                .strip_prefix(release.number)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '_']))
    })
}

/// The release of that name, or the one that a word such as `stable` stands for on Debian.
fn named(repository: &str, word: &str) -> Option<&'static Release> {
    let moving = matches!(repository, "debian" | "buildpack-deps");
    RELEASES.iter().find(|release| {
        // The names of Alpine's releases are numbers: only `alpine3.20` and its own tags mean them.
        release.family != Family::Alpine
            && (release.name == word || (moving && release.moving.contains(&word)))
    })
}
