//! Figures in prose: `{{unpacked alpine:3.20}}` stands for what the catalogue says of it.
//!
//! Nobody types a figure: it would be wrong after the next refresh of the catalogue.

use anyhow::{Context, Result, bail, ensure};
use engine::catalog::{
    self, Confidence, Difference, GoProfile, Linkage, Match, Platform, alpine_packages,
    debian_packages, go_binary, go_caches,
};
use engine::size::{Range, Size, in_words};
use engine::{Settings, Workspace, analyze};

use crate::block::Block;
use crate::claims::Claims;

/// What a placeholder stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The figure as prose shows it, as in `7.79 MB`.
    pub shown: String,
    /// What it is a figure of, and where it comes from.
    pub note: String,
}

/// The kinds of size by the word that asks for them.
#[derive(Clone, Copy)]
enum Measure {
    Unpacked,
    Compressed,
    Disk,
}

impl Measure {
    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "unpacked" => Self::Unpacked,
            "compressed" => Self::Compressed,
            "disk" => Self::Disk,
            _ => return None,
        })
    }

    fn of(self, size: Size) -> Result<Range> {
        let range = match self {
            Self::Unpacked => size.unpacked,
            Self::Compressed => size.compressed,
            Self::Disk => size.disk(),
        };
        range.context("this size is not known")
    }

    const fn describe(self) -> &'static str {
        match self {
            Self::Unpacked => "unpacked",
            Self::Compressed => "compressed",
            Self::Disk => "disk usage of Docker 29",
        }
    }
}

/// Looks up what stands between `{{` and `}}`. `before` is the number of blocks that stand before it:
/// an estimate without a name is of the last Dockerfile among them, or else of the first one.
pub fn resolve(asked: &str, blocks: &[Block], before: usize, claims: &Claims) -> Result<Figure> {
    let words: Vec<&str> = asked.split_whitespace().collect();
    let figure = match words.as_slice() {
        ["estimate", measure] => estimate(measure, nearest(blocks, before)?),
        ["estimate", measure, name] => estimate(measure, named(blocks, name)?),
        ["smaller", measure, from, to] => {
            let (from, to) = (named(blocks, from)?, named(blocks, to)?);
            let (from, to) = (estimated(measure, from)?, estimated(measure, to)?);
            Ok(Figure {
                shown: less(from.likely, to.likely),
                note: format!("our estimates of both Dockerfiles, {measure}"),
            })
        }
        ["program", profile] => program(profile, &["whole"]),
        ["program", profile, rest @ ..] => program(profile, rest),
        ["build-cache", profile] => build_cache(profile),
        ["package", release, names @ ..] => package(release, names),
        ["claim", name] => claims.get(name),
        [measure, reference] => image(measure, reference),
        _ => bail!("no figure is called so"),
    };
    figure.with_context(|| format!("the figure {{{{{asked}}}}}"))
}

fn nearest(blocks: &[Block], before: usize) -> Result<&Block> {
    let (ahead, behind) = blocks.split_at(before.min(blocks.len()));
    let found = ahead.iter().rfind(|block| block.is_dockerfile());
    let found = found.or_else(|| behind.iter().find(|block| block.is_dockerfile()));
    found.context("no Dockerfile to estimate")
}

fn named<'b>(blocks: &'b [Block], name: &str) -> Result<&'b Block> {
    let name = name.strip_prefix('#').context("a block is named by `#name`")?;
    let found = blocks.iter().find(|block| block.name.as_deref() == Some(name));
    let found = found.with_context(|| format!("no block is called #{name}"))?;
    ensure!(found.is_dockerfile(), "#{name} is no whole Dockerfile");
    Ok(found)
}

fn measure(name: &str) -> Result<Measure> {
    Measure::from_name(name).with_context(|| format!("`{name}` is no kind of size"))
}

fn estimated(name: &str, block: &Block) -> Result<Range> {
    let workspace = Workspace { dockerfile: block.text.clone(), ..Workspace::default() };
    let estimate = analyze(&workspace, &Settings::default()).estimate.context("no estimate")?;
    measure(name)?.of(estimate.size)
}

fn estimate(name: &str, block: &Block) -> Result<Figure> {
    let range = estimated(name, block)?;
    let note = format!("our estimate of the Dockerfile, {}", measure(name)?.describe());
    Ok(ranged(range, note))
}

fn image(name: &str, reference: &str) -> Result<Figure> {
    let measure = measure(name)?;
    let (repository, tag) = match reference.rsplit_once(':') {
        Some((repository, tag)) if !tag.contains('/') => (repository, Some(tag)),
        _ => (reference, None),
    };
    let found = catalog::base_image(repository, tag).context("not in the catalogue")?;
    // A neighbour's figure would be a guess.
    ensure!(
        matches!(found.how, Match::Exact | Match::Nearest(Difference::Moving)),
        "the catalogue has only {}",
        found.image.reference
    );
    let range = measure.of(found.size(Platform::Amd64))?;
    let note = format!("{reference}, {}, linux/amd64; {}", measure.describe(), found.image.cite());
    Ok(ranged(range, note))
}

fn profile(name: &str) -> Result<&'static GoProfile> {
    GoProfile::from_name(name).with_context(|| format!("no program `{name}` was measured"))
}

fn program(name: &str, rest: &[&str]) -> Result<Figure> {
    let profile = profile(name)?;
    let size = |stripped| go_binary(profile, "", stripped, Linkage::Pure, Platform::Amd64);
    let (what, measure) = match rest {
        [what] => (*what, Measure::Unpacked),
        [what, "compressed"] => (*what, Measure::Compressed),
        _ => bail!("a program is `whole`, `stripped` or `saved`, and may be `compressed`"),
    };
    let flags = match what {
        "whole" => "as `go build` writes it",
        "stripped" => "built with -ldflags=\"-s -w\"",
        "saved" => "what -ldflags=\"-s -w\" saves",
        _ => bail!("a program is not `{what}`"),
    };
    let note = format!(
        "{} ({}), {flags}, {}, linux/amd64; {}",
        profile.title,
        profile.holds,
        measure.describe(),
        profile.cite()
    );
    if what == "saved" {
        let (whole, stripped) = (measure.of(size(false))?, measure.of(size(true))?);
        return Ok(Figure { shown: less(whole.likely, stripped.likely), note });
    }
    Ok(ranged(measure.of(size(what == "stripped"))?, note))
}

fn build_cache(name: &str) -> Result<Figure> {
    let profile = profile(name)?;
    let caches = go_caches(profile, "");
    let note = format!(
        "/root/.cache/go-build after one build of: {}; {}",
        profile.title, caches.build_source
    );
    Ok(ranged(Measure::Unpacked.of(caches.build)?, note))
}

/// What installing these packages adds to a layer, without the package lists.
fn package(on: &str, names: &[&str]) -> Result<Figure> {
    let (added, how) = match on.split_once(':') {
        Some(("alpine", release)) => {
            (alpine_packages(release, names), format!("apk add on Alpine {release}"))
        }
        Some(("debian", release)) => (
            debian_packages(release, true, false, names),
            format!("apt-get install --no-install-recommends on Debian {release}-slim"),
        ),
        _ => bail!("packages are of `alpine:RELEASE` or `debian:RELEASE`"),
    };
    ensure!(added.unknown.is_empty(), "not in the catalogue: {}", added.unknown.join(", "));
    let mark = if added.confidence == Confidence::Low { ", not verified" } else { "" };
    let note = format!("{how}: {}, unpacked; {}{mark}", names.join(" "), added.source);
    Ok(ranged(Measure::Unpacked.of(added.size)?, note))
}

/// The likely figure; the note says how far the truth may lie off.
fn ranged(range: Range, note: String) -> Figure {
    let (low, high) = (bytes(range.low), bytes(range.high));
    let note = match low == high {
        true => note,
        false => format!("{note}; between {low} and {high}"),
    };
    Figure { shown: bytes(range.likely), note }
}

/// By how much less the second is, in percent.
fn less(from: u64, to: u64) -> String {
    let saved = from.saturating_sub(to) * 1000 / from.max(1);
    match saved {
        // Between 99 and 100 a whole number would say nothing.
        991.. => format!("{}.{}\u{a0}%", saved / 10, saved % 10),
        _ => format!("{}\u{a0}%", (saved + 5) / 10),
    }
}

/// Bytes as the page shows them; a line never ends before the unit.
pub fn bytes(count: u64) -> String {
    in_words(count).replace(' ', "\u{a0}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block;

    #[test]
    fn looks_figures_up() {
        let blocks = block::all("```dockerfile #a\nFROM alpine:3.20\n```\n", 1).unwrap();
        let shown = |asked: &str| {
            resolve(asked, &blocks, 0, &Claims::default())
                .map(|figure| figure.shown.replace('\u{a0}', " "))
        };
        assert_eq!(shown("unpacked alpine:3.20").unwrap(), "7.79 MB");
        assert_eq!(shown("estimate unpacked").unwrap(), shown("estimate unpacked #a").unwrap());
        assert_eq!(shown("smaller unpacked #a #a").unwrap(), "0 %");
        for good in [
            "disk alpine:3.20",
            "program http-api",
            "program http-api saved compressed",
            "build-cache hello",
            "package alpine:3.22 tzdata",
        ] {
            assert!(shown(good).is_ok(), "{good}: {:?}", shown(good));
        }
        for bad in [
            "",
            "unpacked",
            "unpacked nobody/nothing:1",
            "weight alpine:3.20",
            "program x",
            "claim x",
            "estimate unpacked #b",
            "package alpine:3.22 no-such-thing",
        ] {
            assert!(shown(bad).is_err(), "{bad}");
        }
    }
}
