//! Bytes of each thing that an instruction can add, with reason and source.

use super::{Part, Range, Size};
use crate::catalog::{self, Family, GoProfile, LayerKind, Linkage, Platform};
use crate::image::{Addition, BaseFacts, GoBinary, Linking, What};
use crate::report::Project;
use crate::shell::Manager;
use crate::source::Span;

/// The program that is assumed where nobody tells its size: an HTTP API. The range reaches from
/// the smallest to the largest program of the catalogue.
const USUAL_PROFILE: &str = "http-api";

/// What the parts of one image depend on.
#[derive(Clone, Copy)]
pub(super) struct Surroundings<'a> {
    pub(super) base: BaseFacts,
    pub(super) platform: Platform,
    pub(super) project: &'a Project,
}

impl Surroundings<'_> {
    fn release(&self) -> &'static str {
        match &self.base {
            BaseFacts::Known(found) => found.release,
            BaseFacts::Scratch | BaseFacts::Unknown => "",
        }
    }

    fn family(&self) -> Option<Family> {
        self.base.row().map(|row| row.family)
    }
}

/// The bytes of one addition.
pub(super) fn part(addition: &Addition, around: &Surroundings<'_>) -> Part {
    of_what(&addition.what, addition.span, around)
}

fn of_what(what: &What, span: Span, around: &Surroundings<'_>) -> Part {
    match what {
        What::Packages { manager, names, recommends, open_ended } => {
            packages(*manager, names, *recommends, *open_ended, span, around)
        }
        What::AptLists => Part {
            what: "package lists of apt".to_owned(),
            size: catalog::apt_lists(around.release()),
            why: "`apt-get update` writes them, and nothing in this RUN removes them".to_owned(),
            source: "measured with the configuration of the official images".to_owned(),
            span,
        },
        What::ApkIndex => Part {
            what: "package index of apk".to_owned(),
            size: catalog::alpine_index(),
            why: "`apk add` without `--no-cache` keeps it in /var/cache/apk".to_owned(),
            source: "prior knowledge, not measured".to_owned(),
            span,
        },
        What::GoBinary(binary, path) => go_binary(binary, path, span, around),
        What::GoCaches { modules, builds } => go_caches(*modules, *builds, span, around),
        What::Context { sources, whole } => context(sources, *whole, span, around.project),
        What::Inline(bytes) => Part {
            what: "text of the heredoc".to_owned(),
            size: LayerKind::Text.size(Range::exact(*bytes)),
            why: "its lines stand in the Dockerfile".to_owned(),
            source: "counted".to_owned(),
            span,
        },
        What::Foreign(name) => {
            unknown(name.clone(), "the text does not tell how big the copied files are", span)
        }
        What::Again { path, what, command } => {
            let first = of_what(what, span, around);
            Part {
                what: format!("{path}, stored again"),
                why: format!("`{command}` in a later layer copies the whole file"),
                ..first
            }
        }
        What::Accounts => Part {
            what: "accounts".to_owned(),
            size: LayerKind::Text.size(Range { low: 500, likely: 2_000, high: 10_000 }),
            why: "new versions of passwd, group and shadow".to_owned(),
            source: "layer model of the catalogue: less than 10 kB".to_owned(),
            span,
        },
        What::Certificates => Part {
            what: "CA certificates".to_owned(),
            size: LayerKind::Text.size(Range { low: 200_000, likely: 222_000, high: 240_000 }),
            why: "the bundle of Debian or Alpine".to_owned(),
            source: "measured: 222 kB in Debian 12 and 13, about 220 kB in Alpine".to_owned(),
            span,
        },
        What::TimeZones => time_zones(span),
        What::Unknown(program) => unknown(
            format!("what `{program}` writes"),
            "the text does not tell what this command leaves on the disk",
            span,
        ),
    }
}

fn unknown(what: String, why: &str, span: Span) -> Part {
    Part { what, size: Size::UNKNOWN, why: why.to_owned(), source: "not known".to_owned(), span }
}

fn packages(
    manager: Manager,
    names: &[String],
    recommends: bool,
    open_ended: bool,
    span: Span,
    around: &Surroundings<'_>,
) -> Part {
    let list: Vec<&str> = names.iter().map(String::as_str).collect();
    let found = match (manager, around.family()) {
        (Manager::Apk, Some(Family::Alpine)) => catalog::alpine_packages(around.release(), &list),
        (Manager::AptGet | Manager::Apt, Some(Family::Debian | Family::Ubuntu)) => {
            let slim = around.base.row().is_some_and(|row| row.reference.contains("slim"));
            catalog::debian_packages(around.release(), slim, recommends, &list)
        }
        _ => {
            let what = format!("packages {}", list.join(", "));
            return unknown(what, "the catalogue has no packages for this base", span);
        }
    };
    let with = if recommends { " and what they recommend" } else { "" };
    let mut why = format!("{} with all that they need{with}", list.join(", "));
    let complete = found.unknown.is_empty() && !open_ended;
    if !found.unknown.is_empty() {
        why += &format!("; not in the catalogue: {}", found.unknown.join(", "));
    }
    if open_ended {
        why += "; a variable may name more";
    }
    let what = format!("packages {}", list.join(", "));
    let size = if complete { found.size } else { Size::UNKNOWN };
    Part { what, size, why, source: found.source, span }
}

fn go_binary(binary: &GoBinary, path: &str, span: Span, around: &Surroundings<'_>) -> Part {
    let what = format!("Go binary {path}");
    let kind = if binary.stripped { LayerKind::GoBinaryStripped } else { LayerKind::GoBinary };
    if let Some(bytes) = around.project.binary_bytes {
        return Part {
            what,
            size: kind.size(Range::exact(bytes)),
            why: "the size that you gave".to_owned(),
            source: "your figure; compression from the catalogue".to_owned(),
            span,
        };
    }
    let linkage = match binary.linking {
        Linking::Dynamic => Linkage::Dynamic,
        Linking::Static | Linking::Either => Linkage::Pure,
    };
    let release = binary.go_release.as_deref().unwrap_or_default();
    let measured = |profile: &GoProfile| {
        catalog::go_binary(profile, release, binary.stripped, linkage, around.platform)
    };
    let profiles = catalog::go_profiles();
    let usual = profiles.iter().find(|profile| profile.name == USUAL_PROFILE);
    let Some(usual) = usual else { return unknown(what, "no program was measured", span) };
    let covered = profiles.iter().map(measured).fold(measured(usual), Size::cover);
    let stripped = if binary.stripped { "without" } else { "with" };
    Part {
        what,
        size: covered,
        why: format!(
            "an HTTP API {stripped} symbols is likely; the range reaches from hello world to a \
             service with several cloud SDKs. Give the size of your binary to narrow it"
        ),
        source: usual.cite(),
        span,
    }
}

fn go_caches(modules: bool, builds: bool, span: Span, around: &Surroundings<'_>) -> Part {
    let release = around.base.row().and_then(|row| row.reference.strip_prefix("golang:"));
    let release = release.unwrap_or_default();
    let profiles = catalog::go_profiles();
    let of_profile = |profile: &GoProfile| {
        let caches = catalog::go_caches(profile, release);
        let part = |wanted: bool, size: Size| if wanted { size } else { Size::ZERO };
        part(modules, caches.modules).plus(part(builds, caches.build))
    };
    let usual = profiles.iter().find(|profile| profile.name == USUAL_PROFILE);
    let first = usual.map_or(Size::UNKNOWN, of_profile);
    let size = profiles.iter().map(of_profile).fold(first, Size::cover);
    let what = match (modules, builds) {
        (true, true) => "module cache and build cache of Go",
        (true, false) => "module cache of Go",
        _ => "build cache of Go",
    };
    Part {
        what: what.to_owned(),
        size,
        why: "nothing in this RUN removes them, and no cache mount holds them".to_owned(),
        source: usual.map(GoProfile::cite).unwrap_or_default(),
        span,
    }
}

fn context(sources: &[String], whole: bool, span: Span, project: &Project) -> Part {
    let what = if whole { "the build context".to_owned() } else { sources.join(", ") };
    match project.context_bytes.filter(|_| whole) {
        Some(bytes) => Part {
            what,
            size: LayerKind::Text.size(Range::exact(bytes)),
            why: "the size that you gave".to_owned(),
            source: "your figure; compression of source text from the catalogue".to_owned(),
            span,
        },
        None => unknown(what, "only you know how big the files of your project are", span),
    }
}

fn time_zones(span: Span) -> Part {
    let newest = catalog::base_image("alpine", None).map_or("", |found| found.release);
    let tzdata = catalog::alpine_packages(newest, &["tzdata"]);
    Part {
        what: "time zones".to_owned(),
        size: tzdata.size,
        why: "/usr/share/zoneinfo as Alpine packs it; Debian's is about as big".to_owned(),
        source: tzdata.source,
        span,
    }
}
