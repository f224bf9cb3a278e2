//! What the rules about `go build` share.

use super::Context;
use crate::diagnostic::Edit;
use crate::image::{GoBuild, Origin, chain};
use crate::model::{Stage, Step};
use crate::source::Span;
use crate::syntax::{Body, CommandLine};
use std::rc::Rc;

/// The builds whose programs are in the image that ships, each once.
pub(super) fn shipped(cx: &Context<'_, '_>) -> Vec<Rc<GoBuild>> {
    let mut builds: Vec<Rc<GoBuild>> = Vec::new();
    let Some(stage) = cx.model.final_stage() else { return builds };
    for image in chain(cx.images, stage.index) {
        for (_, file) in image.files.iter() {
            let Origin::Built(binary) = &file.origin else { continue };
            let Some(build) = binary.go() else { continue };
            if !builds.iter().any(|known| Rc::ptr_eq(known, build)) {
                builds.push(Rc::clone(build));
            }
        }
    }
    builds
}

/// The RUN that a build is part of, with its stage.
pub(super) fn run_of<'c, 'a>(
    build: &GoBuild,
    cx: &Context<'c, 'a>,
) -> Option<(&'c Stage<'a>, &'c Step<'a>)> {
    let stages = &cx.model.stages;
    let behind = stages.partition_point(|stage| stage.span().start <= build.span.start);
    let stage = stages.get(behind.checked_sub(1)?)?;
    let behind =
        stage.steps.partition_point(|step| step.instruction.span().start <= build.span.start);
    let step = stage.steps.get(behind.checked_sub(1)?)?;
    Some((stage, step))
}

/// Whether words can be added to the command as they are: it stands in a script, not in an array.
pub(super) fn is_plain(step: &Step<'_>) -> bool {
    matches!(step.body(), Body::Run(CommandLine::Shell(_)))
}

/// The edit that gives further words to `-ldflags`, with the user's quotes, or brings the flag in.
pub(super) fn more_ldflags(build: &GoBuild, words: &str, cx: &Context<'_, '_>) -> Option<Edit> {
    let Some(flag) = build.flag("ldflags") else {
        return Some(Edit::insert(build.verb.end, format!(" -ldflags=\"{words}\"")));
    };
    let place = flag.value_word?;
    let text = place.of(cx.text);
    let skipped = match text.find("ldflags=") {
        Some(at) => at + "ldflags=".len(),
        None => 0,
    };
    let value = text.get(skipped..)?;
    // `"-ldflags=..."` is in quotes already.
    let within = skipped > 0 && text.starts_with(['"', '\'']);
    let quoted = value.starts_with(['"', '\'']);
    let start = place.start + skipped as u32;
    let inside = value.get(usize::from(quoted)..)?;
    if !inside.starts_with(['-', ' ', '$']) {
        return None;
    }
    if quoted || within {
        return Some(Edit::insert(start + u32::from(quoted), format!("{words} ")));
    }
    let bare = !value.contains(['"', '\'', '\\']);
    let place = Span::new(start, place.end);
    bare.then(|| Edit::replace(place, format!("\"{words} {value}\"")))
}

/// ARG for a name, before an instruction.
pub(super) fn declare(name: &str, step: &Step<'_>, cx: &Context<'_, '_>) -> Edit {
    let place = step.instruction.span();
    let end = if cx.extent(place).of(cx.text).contains('\r') { "\r\n" } else { "\n" };
    Edit::insert(place.start, format!("ARG {name}{end}"))
}
