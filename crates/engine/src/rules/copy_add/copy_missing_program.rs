//! COPY from a place of an earlier stage where nothing can lie.

use crate::diagnostic::{Edit, Level, Spoils};
use crate::image::{Image, Origin, chain, is_missing, is_of_another_platform, lacks};
use crate::model::{Stage, UseKind, UseTarget};
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::{Body, base_name};

pub const RULE: Rule = Rule {
    name: "copy-missing-program",
    aliases: &[],
    area: Area::CopyAdd,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(Spoils::Build, &Check::Stage(check)),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    for used in stage.uses.iter().filter(|used| used.kind == UseKind::Copy) {
        let UseTarget::Stage(from) = used.target else { continue };
        let Some(step) = stage.steps.get(used.step).filter(|_| from < stage.index) else {
            continue;
        };
        let Body::Copy(copy) = step.body() else { continue };
        for source in &copy.sources {
            let Some(path) = step.text(source).filter(|path| !path.contains(['*', '?', '[']))
            else {
                continue;
            };
            let wanted = format!("/{}", path.trim_start_matches("./").trim_start_matches('/'));
            let wanted = wanted.trim_end_matches('/');
            if wanted.is_empty() || wanted.contains("/.") {
                continue;
            }
            let built = built(cx.images, from, wanted);
            // The base has no program that is called like one of this project.
            let twin = built.as_ref().is_some_and(|built| base_name(built) == base_name(wanted));
            let gone = twin && lacks(cx.images, from, wanted);
            let missing = gone || is_missing(cx.images, from, wanted);
            let elsewhere = is_of_another_platform(cx.images, from, &source.text);
            if !missing || elsewhere || is_folder(cx.images, from, wanted) {
                continue;
            }
            let message = match &built {
                Some(built) => format!("`{wanted}` is not there: `go build` writes `{built}`"),
                None => format!("no instruction of that stage puts anything at `{wanted}`"),
            };
            let found = cx.report(source.span, message);
            if let Some(built) = built.filter(|_| path == source.text && !copy.json) {
                let edit = Edit::replace(source.span, built.as_str());
                found.unsafe_fix(format!("Copy `{built}`"), vec![edit]);
            }
        }
    }
}

/// Whether an instruction makes a folder at a path, or something lies below it.
fn is_folder(images: &[Image], from: usize, path: &str) -> bool {
    let inside = format!("{path}/");
    chain(images, from).any(|image| {
        let mut others = image.unfollowed.paths().chain(image.workdirs.names());
        image.files.below(path).next().is_some()
            || others.any(|other| other == path || other.starts_with(&inside))
    })
}

/// The program of Go that is probably meant: one of that name, or the only one.
fn built(images: &[Image], from: usize, wanted: &str) -> Option<String> {
    let files = chain(images, from).flat_map(|image| image.files.iter());
    let programs = files.filter(|(_, file)| matches!(file.origin, Origin::Built(_)));
    let paths: Vec<&str> = programs.map(|(path, _)| path).collect();
    let named = paths.iter().find(|path| base_name(path) == base_name(wanted));
    let only = || paths.first().filter(|_| paths.len() == 1);
    named.or_else(only).map(|path| (*path).to_owned())
}
