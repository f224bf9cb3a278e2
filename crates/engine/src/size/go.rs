//! Bytes of a program that a build links, and of what building one of Go leaves behind.
//!
//! The best that is known of the program counts: its size, as the user gives it; its kind, as the user
//! chooses it; the modules that its `go.mod` requires; or else that most programs are services.

use super::parts::Surroundings;
use super::{Part, Range, Size};
use crate::catalog::{self, GoProfile, LayerKind, Linkage, Modules};
use crate::image::{Binary, Build, GoBuild, Linking};
use crate::report::Project;
use crate::source::Span;

/// The program that is assumed where nobody tells its size: an HTTP API. The range reaches from
/// the smallest to the largest program of the catalogue.
const USUAL_PROFILE: &str = "http-api";

/// Where a size comes from that the user gives.
const GIVEN: &str = "your figure; compression from the catalogue";

/// How far programs of one kind lie from the measured one, by thousand: they do more or less.
const KIND_SPREAD: [u32; 3] = [800, 1000, 1350];

/// The same for what building leaves, of the measured program that is nearest in size.
const NEAREST_SPREAD: [u32; 3] = [600, 1000, 1700];

/// Most modules that a sentence names.
const MOST_NAMED: usize = 4;

/// What is known of the program.
enum Kind {
    Chosen(&'static GoProfile),
    Requires(Modules),
    Unknown,
}

impl Kind {
    fn of(project: &Project) -> Self {
        match project.profile.as_deref().and_then(GoProfile::from_name) {
            Some(profile) => Self::Chosen(profile),
            None => project.modules().map_or(Self::Unknown, Self::Requires),
        }
    }
}

/// A size, how it was guessed, and where its figures come from.
type Guess = (Size, String, String);

pub(super) fn binary(binary: &Binary, path: &str, span: Span, around: &Surroundings<'_>) -> Part {
    match &binary.build {
        Build::Go(build) => go_binary(binary, build, path, span, around),
        Build::Cargo(_) => rust_binary(binary, path, span, around),
    }
}

/// Of a program of Rust nothing was measured, so only its user knows.
fn rust_binary(binary: &Binary, path: &str, span: Span, around: &Surroundings<'_>) -> Part {
    let kind = if binary.packed { LayerKind::Packed } else { LayerKind::Program };
    let (size, why) = match around.project.binary_bytes {
        Some(bytes) => (kind.size(Range::exact(bytes)), "the size that you gave"),
        None => (Size::UNKNOWN, "no program of Rust was measured. Give the size of your binary"),
    };
    let source = if size == Size::UNKNOWN { "not known" } else { GIVEN };
    let (why, source) = (why.into(), source.into());
    Part { what: format!("Rust binary {path}"), size, why, source, span }
}

fn go_binary(
    binary: &Binary,
    build: &GoBuild,
    path: &str,
    span: Span,
    around: &Surroundings<'_>,
) -> Part {
    let what = format!("Go binary {path}");
    let kind = match (binary.packed, binary.stripped) {
        (true, _) => LayerKind::Packed,
        (false, true) => LayerKind::GoBinaryStripped,
        (false, false) => LayerKind::GoBinary,
    };
    if let Some(bytes) = around.project.binary_bytes {
        return Part {
            what,
            size: kind.size(Range::exact(bytes)),
            why: "the size that you gave".into(),
            source: GIVEN.into(),
            span,
        };
    }
    let linkage = match binary.linking {
        Linking::Dynamic => Linkage::Dynamic,
        Linking::Static | Linking::Either => Linkage::Pure,
    };
    let release = build.release.as_deref().unwrap_or_default();
    let (stripped, platform) = (binary.stripped, around.platform);
    let measured =
        |profile: &GoProfile| catalog::go_binary(profile, release, stripped, linkage, platform);
    let (size, guess, source) = match Kind::of(around.project) {
        Kind::Chosen(profile) => chosen(profile, measured),
        Kind::Unknown => usual(measured),
        Kind::Requires(modules) if modules.is_standard_library() => standard_library(measured),
        Kind::Requires(modules) => {
            let size = catalog::modules_binary(&modules, release, stripped, linkage, platform);
            let with_sqlite = modules.sqlite && linkage == Linkage::Dynamic;
            let size = if with_sqlite { catalog::sqlite_binary(size, stripped) } else { size };
            let size = match modules.unknown.is_empty() {
                true => size,
                // They may bring as much as anything that was measured.
                false => catalog::go_profiles().iter().map(measured).fold(size, Size::reaching),
            };
            (size, required(&modules, with_sqlite), modules.cite())
        }
    };
    let stripped = if binary.stripped { "without" } else { "with" };
    let packed = if binary.packed { ", packed by UPX" } else { "" };
    Part {
        what,
        size: if binary.packed { catalog::packed_binary(size, binary.stripped) } else { size },
        why: format!(
            "{guess} {stripped} symbols{packed}. Give the size of your binary to narrow the range"
        )
        .into(),
        source: source.into(),
        span,
    }
}

pub(super) fn go_caches(
    modules: bool,
    builds: bool,
    span: Span,
    around: &Surroundings<'_>,
) -> Part {
    let release = around.base.row().and_then(|row| row.reference.strip_prefix("golang:"));
    let release = release.unwrap_or_default();
    let of_profile = |profile: &GoProfile| {
        let caches = catalog::go_caches(profile, release);
        let part = |wanted: bool, size: Size| if wanted { size } else { Size::ZERO };
        part(modules, caches.modules).plus(part(builds, caches.build))
    };
    let (size, _, source) = match Kind::of(around.project) {
        Kind::Chosen(profile) => chosen(profile, of_profile),
        Kind::Requires(found) if found.is_standard_library() => standard_library(of_profile),
        Kind::Requires(found) => nearest(&found, of_profile),
        Kind::Unknown => usual(of_profile),
    };
    let what = match (modules, builds) {
        (true, true) => "module cache and build cache of Go",
        (true, false) => "module cache of Go",
        _ => "build cache of Go",
    };
    Part {
        what: what.to_owned(),
        size,
        why: "nothing in this RUN removes them, and no cache mount holds them".into(),
        source: source.into(),
        span,
    }
}

/// As large as the kind that the user has chosen, as wide as programs of a kind differ.
fn chosen(profile: &GoProfile, size: impl Fn(&GoProfile) -> Size) -> Guess {
    let guess = format!("like the measured program \u{201c}{}\u{201d}", profile.title);
    (size(profile).scaled(KIND_SPREAD), guess, profile.cite())
}

/// As large as an HTTP API; the range from the smallest kind to the largest.
fn usual(size: impl Fn(&GoProfile) -> Size) -> Guess {
    let guess = "an HTTP API is likely; the range reaches from hello world to a service with \
                 several cloud SDKs,";
    service(|_| true, guess, size)
}

/// The same among the programs that need no modules.
fn standard_library(size: impl Fn(&GoProfile) -> Size) -> Guess {
    let guess = "your go.mod requires no module, so an HTTP API is likely; the range reaches from \
                 hello world to a large service of the standard library,";
    service(GoProfile::is_standard_library, guess, size)
}

fn service(
    counts: fn(&GoProfile) -> bool,
    guess: &str,
    size: impl Fn(&GoProfile) -> Size,
) -> Guess {
    let Some(usual) = GoProfile::from_name(USUAL_PROFILE) else {
        return (Size::UNKNOWN, "no program was measured".to_owned(), String::new());
    };
    let all = catalog::go_profiles().iter().filter(|profile| counts(profile));
    (all.map(&size).fold(size(usual), Size::cover), guess.to_owned(), usual.cite())
}

/// As large as what the kind leaves whose program is nearest in size.
fn nearest(modules: &Modules, size: impl Fn(&GoProfile) -> Size) -> Guess {
    let Some(profile) = modules.nearest_profile() else { return usual(size) };
    let own = size(profile).scaled(NEAREST_SPREAD);
    let own = match modules.unknown.is_empty() {
        true => own,
        false => catalog::go_profiles().iter().map(&size).fold(own, Size::reaching),
    };
    (own, String::new(), profile.cite())
}

/// What `go.mod` says, as the beginning of a sentence.
fn required(modules: &Modules, with_sqlite: bool) -> String {
    let mut known = modules.known.clone();
    if with_sqlite {
        known.push("SQLite");
    }
    let mut text = match known.is_empty() {
        true => "an HTTP API".to_owned(),
        false => format!("an HTTP API with {} by your go.mod", known.join(", ")),
    };
    if let Some((first, rest)) = modules.unknown.split_first() {
        let others = rest.iter().take(MOST_NAMED - 1);
        let names = others.fold(first.clone(), |names, name| names + ", " + name);
        let more = rest.len().saturating_sub(MOST_NAMED - 1);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        text += &format!("; what {names}{more} add was not measured, so it may be much more;");
    }
    text
}
