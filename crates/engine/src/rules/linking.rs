//! Programs that do not find their libc in the image that starts them.

use super::Context;
use crate::catalog::{Family, Libc};
use crate::diagnostic::{Edit, Level, Spoils};
use crate::image::{BaseFacts, Binary, Fit, Linking, Origin, Started, brings_libc};
use crate::model::Stage;
use crate::syntax::Keyword;
use std::collections::HashSet;

/// Which of them a rule is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// Those of Go, on an image without any libc.
    GoWithoutLibc,
    /// Those of Go, on an image with another libc.
    GoWithAnother,
    /// Those of Rust.
    Rust,
}

/// Reports them.
pub(super) fn check(about: About, cx: &mut Context<'_, '_>) {
    let mut reported = HashSet::new();
    // The final stage comes first: a program is reported once.
    for stage in cx.model.stages.iter().rev() {
        let Some(image) = cx.image(stage) else { continue };
        let Started::File(_, file) = cx.started(stage) else { continue };
        let Origin::Built(binary) = &file.origin else { continue };
        if brings_libc(cx.images, stage.index) {
            continue;
        }
        let root = cx.model.root(stage);
        let base = root.base_text();
        let (own, certain, message) = match binary.on(&image.base, cx.images, stage.index) {
            Fit::Misfit(libc, own) => {
                let message = format!(
                    "this links the program against {}, and `{base}` has {}, so it cannot start there",
                    libc.name(),
                    own.name()
                );
                (own, true, message)
            }
            Fit::MaybeMisfit(libc, own) => {
                let message = format!(
                    "this links the program against {} if a package uses C, as `net` does, and `{base}` has {}",
                    libc.name(),
                    own.name()
                );
                (own, false, message)
            }
            Fit::TooNew(built, own) => {
                let message = format!(
                    "this links the program against glibc {built}, and `{base}` has {own}, which lacks `GLIBC_2.34`, so it cannot start there"
                );
                (Libc::Glibc, true, message)
            }
            Fit::Newer(built, own) => {
                let message = format!(
                    "this links the program against glibc {built}, and `{base}` has the older {own}"
                );
                (Libc::Glibc, false, message)
            }
            Fit::NoLibgcc => {
                let message = format!(
                    "this links the program against `libgcc_s.so.1`, which `{base}` lacks, so it cannot start there"
                );
                (Libc::Glibc, true, message)
            }
            Fit::Static | Fit::Same | Fit::MaybeLacks | Fit::Unknown => continue,
        };
        let its = match binary.go() {
            Some(_) if own == Libc::None => About::GoWithoutLibc,
            Some(_) => About::GoWithAnother,
            None => About::Rust,
        };
        if its != about || !reported.insert(binary.built_by) {
            continue;
        }
        let fix = static_build(binary, cx)
            .or_else(|| with_libgcc(binary, root))
            .or_else(|| other_base(binary, root, stage, cx));
        let (level, spoils) = match certain {
            true => (Level::Error, Spoils::Start),
            false => (Level::Warning, Spoils::Maybe),
        };
        let found = cx.report(binary.built_by, message).level(level).spoils(Some(spoils));
        let found = found.in_stage(stage.index);
        let found = found.related(root.base_span(), "the program starts here");
        if let Some((title, edit)) = fix {
            found.unsafe_fix(title, vec![edit]);
        }
    }
}

/// Where nobody asked for cgo, it can be switched off.
fn static_build(binary: &Binary, cx: &Context<'_, '_>) -> Option<(String, Edit)> {
    let is_array = binary.built_by.of(cx.text).starts_with('[');
    let asked = binary.go().is_none() || binary.linking == Linking::Dynamic || is_array;
    let edit = || Edit::insert(binary.built_by.start, "CGO_ENABLED=0 ");
    (!asked).then(|| ("Build with CGO_ENABLED=0, if no package needs C".to_owned(), edit()))
}

/// What distroless/base lacks for a program of Rust, distroless/cc has.
fn with_libgcc(binary: &Binary, root: &Stage<'_>) -> Option<(String, Edit)> {
    let place = root.from_view().filter(|_| binary.go().is_none())?.image.span;
    let (registry, release) = root.base_text().split_once("/distroless/base-debian")?;
    let image = format!("{registry}/distroless/cc-debian{release}");
    Some((format!("Ship on `{image}`, which has it"), Edit::replace(place, image)))
}

/// Where cgo is asked for, the program needs an image with the libc of the one that built it.
fn other_base(
    binary: &Binary,
    root: &Stage<'_>,
    stage: &Stage<'_>,
    cx: &Context<'_, '_>,
) -> Option<(String, Edit)> {
    let builds = |stage: &&Stage<'_>| stage.span().contains(binary.built_by);
    let builder = cx.model.stages.iter().find(builds)?;
    let BaseFacts::Known(found) = cx.image(builder)?.base else { return None };
    let image = match found.image.family {
        Family::Debian if !found.release.is_empty() => format!("debian:{}-slim", found.release),
        Family::Alpine if !found.release.is_empty() => format!("alpine:{}", found.release),
        _ => return None,
    };
    // What RUN does on the one image may not work on the other.
    if root.index != stage.index || stage.steps_of(Keyword::Run).next().is_some() {
        return None;
    }
    let title =
        format!("Ship on `{image}`, which has the {} of the build", found.image.libc.name());
    Some((title, Edit::replace(root.from_view()?.image.span, image)))
}
