//! A relative destination in a stage without WORKDIR.

use crate::diagnostic::{Edit, Level};
use crate::image::BaseFacts;
use crate::model::{Base, Stage, Step};
use crate::named::Named;
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::instruction::Copy;
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "copy-relative-no-workdir",
    aliases: &["hadolint:DL3045", "tally:hadolint/DL3045", "droast:DF063"],
    area: Area::CopyAdd,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    let hadolint = cx.follows(RuleSet::Hadolint);
    // Whether a stage ends with a WORKDIR: by number, and by the name under which hadolint finds it.
    let mut by_index: Vec<bool> = Vec::new();
    let mut by_name: Named<bool> = Named::new();
    for stage in &model.stages {
        let mut is_set = match stage.base {
            _ if hadolint => by_name.get(image_name(stage)).copied().unwrap_or_default(),
            Base::Stage(parent) => by_index.get(parent).copied().unwrap_or_default(),
            _ => model.fragment,
        };
        let folder = folder(stage, cx);
        for step in &stage.steps {
            match step.body() {
                Body::Workdir(_) => is_set = true,
                Body::Copy(copy) | Body::Add(copy) if !is_set => match folder {
                    _ if hadolint => as_hadolint(step, copy, cx),
                    Some(folder) => check_copy(step, copy, folder, cx),
                    None => {}
                },
                _ => {}
            }
        }
        by_index.push(is_set);
        let alias = stage.from_view().and_then(|view| view.name.as_ref());
        if hadolint {
            by_name.insert(alias.map_or(image_name(stage), |name| name.text.as_str()), is_set);
        }
    }
}

/// The image of FROM as written, without registry, tag and digest.
fn image_name<'s>(stage: &'s Stage<'_>) -> &'s str {
    let text = stage.from_view().map_or("", |view| view.image.text.as_str());
    let name = match text.split_once('/') {
        Some((registry, rest)) if registry.contains('.') => rest,
        _ => text,
    };
    name.split(['@', ':']).next().unwrap_or_default()
}

/// The working directory that the base brings, if it is not one to put files into. A base such as
/// `php` has one for that very purpose, and the root of an empty image is as good as any folder.
fn folder(stage: &Stage<'_>, cx: &Context<'_, '_>) -> Option<&'static str> {
    let BaseFacts::Known(found) = cx.image(stage)?.base else { return None };
    let folder = found.image.workdir;
    matches!(folder, "/" | "/go").then_some(folder)
}

/// hadolint reads the word as it stands, and does not look at ADD.
fn as_hadolint(step: &Step<'_>, copy: &Copy, cx: &mut Context<'_, '_>) {
    let path = copy.destination.bare();
    if step.keyword() == Keyword::Copy && !path.starts_with(['/', '$']) && !has_drive(path) {
        let message = format!("`{path}` is relative, and no WORKDIR says to what");
        cx.report(copy.destination.span, message);
    }
}

fn check_copy(step: &Step<'_>, copy: &Copy, folder: &str, cx: &mut Context<'_, '_>) {
    let word = &copy.destination;
    let Some(path) = step.text(word) else { return };
    if path.is_empty() || path.starts_with('/') || has_drive(path) {
        return;
    }
    let message = format!("there is no WORKDIR, so `{}` lies in `{folder}`", word.text);
    let verbatim = path == word.text && !copy.json;
    let mut found = cx.report(word.span, message);
    if step.keyword() == Keyword::Add {
        found = found.codes(&[]);
    }
    let inside = path.trim_start_matches("./");
    // Where everything goes to the root, a WORKDIR is what is missing.
    if folder == "/" && verbatim && !matches!(inside, "" | ".") {
        let full = format!("/{inside}");
        found.safe_fix(format!("Write `{full}`"), vec![Edit::replace(word.span, full)]);
    }
}

/// `C:` and the like.
fn has_drive(path: &str) -> bool {
    let mut chars = path.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next() == Some(':')
}
