//! Bytes of each thing that an instruction can add, with reason and source.

use super::go::{self, go_caches};
use super::{Part, Range, Size};
use crate::catalog::{self, Family, KnownFile, LayerKind, PackageManager, Platform};
use crate::image::{Addition, BaseFacts, What};
use crate::report::Project;
use crate::shell::Manager;
use crate::source::Span;
use crate::text::Text;

/// What the parts of one image depend on.
#[derive(Clone, Copy)]
pub(super) struct Surroundings<'a> {
    pub(super) base: BaseFacts,
    pub(super) platform: Platform,
    pub(super) project: &'a Project,
    /// Packages that layers below have installed: what they pulled in is there already.
    pub(super) installed: &'a [&'a str],
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

impl Surroundings<'_> {
    /// Whether the base has a package already; only Debian's are known by what they bring.
    fn brings(&self, package: &str) -> bool {
        let Some(row) = self.base.row() else { return false };
        if row.package_manager != Some(PackageManager::Apt) {
            return false;
        }
        let fact = match package {
            "ca-certificates" => row.ca_certificates,
            "curl" => row.curl,
            "wget" => row.wget,
            "git" => row.git,
            "gcc" | "libc6-dev" => row.c_compiler,
            // Only the images that build things have them beside the compiler.
            "g++" | "make" => row.c_compiler.filter(|_| row.git == Some(true)),
            "tzdata" => row.time_zones,
            _ => None,
        };
        fact == Some(true)
    }
}

/// The bytes of one addition.
pub(super) fn part(addition: &Addition, around: &Surroundings<'_>) -> Part {
    of_what(&addition.what, addition.span, around)
}

fn of_what(what: &What, span: Span, around: &Surroundings<'_>) -> Part {
    match what {
        What::Packages { manager, names, recommends, open_ended, .. } => {
            packages(*manager, names, *recommends, *open_ended, span, around)
        }
        What::AptLists => Part {
            what: "package lists of apt".to_owned(),
            size: catalog::apt_lists(around.release()),
            why: "`apt-get update` writes them, and nothing in this RUN removes them".into(),
            source: "measured with the configuration of the official images".into(),
            span,
        },
        What::ApkIndex => Part {
            what: "package index of apk".to_owned(),
            size: catalog::alpine_index(),
            why: "`apk add` without `--no-cache` keeps it in /var/cache/apk".into(),
            source: "prior knowledge, not measured".into(),
            span,
        },
        What::Binary(binary, path) => go::binary(binary, path, span, around),
        What::GoCaches { modules, builds } => go_caches(*modules, *builds, span, around),
        What::Context { sources, whole } => context(sources, *whole, span, around.project),
        What::Inline(bytes) => Part {
            what: "text of the heredoc".to_owned(),
            size: LayerKind::Text.size(Range::exact(*bytes)),
            why: "its lines stand in the Dockerfile".into(),
            source: "counted".into(),
            span,
        },
        What::Foreign(name) => {
            unknown(name.clone(), "the text does not tell how big the copied files are", span)
        }
        What::Again { path, what, command } => {
            let first = of_what(what, span, around);
            Part {
                what: format!("{path}, stored again"),
                why: format!("`{command}` in a later layer copies the whole file").into(),
                ..first
            }
        }
        What::Accounts => file(
            "accounts",
            "accounts".to_owned(),
            "new versions of passwd, group and shadow",
            span,
        ),
        What::Certificates => {
            let what = "CA certificates".to_owned();
            file("certificates", what, "the bundle of Debian or Alpine", span)
        }
        What::TimeZones(release) => time_zones(release, span),
        What::ZoneArchive => {
            file("zone-archive", "time zones".to_owned(), "the archive of Go's toolchain", span)
        }
        What::Outside(what, why) => unknown(what.clone(), why, span),
        What::Unknown(program) => unknown(
            format!("what `{program}` writes"),
            "the text does not tell what this command leaves on the disk",
            span,
        ),
    }
}

fn unknown(what: String, why: &'static str, span: Span) -> Part {
    Part { what, size: Size::UNKNOWN, why: why.into(), source: "not known".into(), span }
}

/// A file of the catalogue.
fn file(name: &str, what: String, why: &'static str, span: Span) -> Part {
    let Some(known) = KnownFile::from_name(name) else { return unknown(what, why, span) };
    Part { what, size: known.size(), why: why.into(), source: known.source.into(), span }
}

fn packages(
    manager: Manager,
    names: &[Text],
    recommends: bool,
    open_ended: bool,
    span: Span,
    around: &Surroundings<'_>,
) -> Part {
    let names: Vec<&str> = names.iter().map(Text::as_str).collect();
    let listed = names.join(", ");
    let what = format!("packages {listed}");
    let brought = |name: &&str| !around.brings(name);
    let list: Vec<&str> = names.iter().copied().filter(brought).collect();
    let catalogued = |list: &[&str]| match (manager, around.family()) {
        (Manager::Apk, Some(Family::Alpine)) => {
            Some(catalog::alpine_packages(around.release(), list))
        }
        (Manager::AptGet | Manager::Apt, Some(Family::Debian | Family::Ubuntu)) => {
            let slim = around.base.row().is_some_and(|row| row.reference.contains("slim"));
            Some(catalog::debian_packages(around.release(), slim, recommends, list))
        }
        _ => None,
    };
    let Some(mut found) = catalogued(&list) else {
        return unknown(what, "the catalogue has no packages for this base", span);
    };
    // What was installed before brought some of it along.
    let before: Vec<&str> = around.installed.iter().copied().filter(brought).collect();
    if let Some(below) = catalogued(&before).filter(|_| !before.is_empty()) {
        let both: Vec<&str> = before.iter().chain(&list).copied().collect();
        if let Some(both) = catalogued(&both) {
            found.size = found.size.at_most(both.size.minus(below.size));
        }
    }
    if list.is_empty() && !open_ended {
        found.size = Size::ZERO;
    }
    let with = if recommends { " and what they recommend" } else { "" };
    let mut why = format!("{listed} with all that they need{with}");
    if list.len() < names.len() {
        why += ", as far as the base lacks them";
    }
    let complete = found.unknown.is_empty() && !open_ended;
    if !found.unknown.is_empty() {
        why += &format!("; not in the catalogue: {}", found.unknown.join(", "));
    }
    if open_ended {
        why += "; a variable may name more";
    }
    let size = if complete { found.size } else { Size::UNKNOWN };
    Part { what, size, why: why.into(), source: found.source.into(), span }
}

fn context(sources: &[String], whole: bool, span: Span, project: &Project) -> Part {
    let what = if whole { "the build context".to_owned() } else { sources.join(", ") };
    if let Some(bytes) = project.context_bytes.filter(|_| whole) {
        return Part {
            what,
            size: LayerKind::Text.size(Range::exact(bytes)),
            why: "the size that you gave".into(),
            source: "your figure; compression of source text from the catalogue".into(),
            span,
        };
    }
    let small: Option<Vec<&KnownFile>> =
        sources.iter().map(|source| usual_file(source).and_then(KnownFile::from_name)).collect();
    match small.filter(|files| !whole && !files.is_empty()) {
        Some(files) => Part {
            what,
            size: files.iter().fold(Size::ZERO, |size, file| size.plus(file.size())),
            why: "files of this kind are small in most projects".into(),
            source: files.first().map_or("", |file| file.source).into(),
            span,
        },
        None => unknown(what, "only you know how big the files of your project are", span),
    }
}

/// The row of the catalogue for a file of the project, by its name.
fn usual_file(source: &str) -> Option<&'static str> {
    const LOCKS: [&str; 8] = [
        "go.sum",
        "package-lock.json",
        "yarn.lock",
        "pnpm-lock.yaml",
        "Cargo.lock",
        "poetry.lock",
        "composer.lock",
        "Gemfile.lock",
    ];
    const TEXTS: [&str; 14] = [
        "cfg",
        "cnf",
        "conf",
        "env",
        "ini",
        "json",
        "mod",
        "properties",
        "service",
        "sh",
        "toml",
        "txt",
        "yaml",
        "yml",
    ];
    let name = source.rsplit('/').next()?;
    if name.contains(['*', '?', '[', '$']) {
        return None;
    }
    if LOCKS.contains(&name) {
        return Some("lock-file");
    }
    let (_, extension) = name.rsplit_once('.')?;
    TEXTS.contains(&extension).then_some("text-file")
}

fn time_zones(release: &str, span: Span) -> Part {
    let what = "time zones".to_owned();
    if release.starts_with("3.") {
        let tzdata = catalog::alpine_packages(release, &["tzdata"]);
        let why = "/usr/share/zoneinfo as Alpine packs it".into();
        return Part { what, size: tzdata.size, why, source: tzdata.source.into(), span };
    }
    let row = match release {
        "bookworm" => "zones-bookworm",
        "trixie" => "zones-trixie",
        _ => "zones",
    };
    file(row, what, "/usr/share/zoneinfo", span)
}
