//! The whole context copied before the dependencies are fetched.

use crate::diagnostic::{Edit, Level};
use crate::model::{Base, Step};
use crate::named::Names;
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::{Command, Dependencies, Joint};
use crate::source::Span;
use crate::syntax::{Body, Mount, Word, instruction::Copy};

pub const RULE: Rule = Rule {
    name: "copy-before-install",
    aliases: &["droast:DF070"],
    area: Area::CopyAdd,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

/// Most names of copied files that are kept for each stage.
const MOST: usize = 64;

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    if cx.ignore.is_some_and(|ignore| ignore.pattern_for_all().is_some()) {
        // Only what is named after `!` is in the context, and that may well be the manifests.
        return;
    }
    // What each stage has copied, by name.
    let mut of_stages: Vec<Names> = Vec::new();
    for stage in &model.stages {
        let mut copied = match stage.base {
            Base::Stage(parent) => of_stages.get(parent).cloned().unwrap_or_default(),
            _ => Names::new(),
        };
        let mut whole: Option<(usize, &Step<'_>, &Copy, &Word)> = None;
        let mut reported = false;
        for (index, step) in stage.steps.iter().enumerate() {
            match step.body() {
                Body::Copy(copy) | Body::Add(copy) => {
                    let foreign = step.instruction.statement.flag("from").is_some();
                    for source in &copy.sources {
                        let text = step.text(source).unwrap_or_default();
                        if !foreign && matches!(text, "." | "./" | "*" | "./*") {
                            whole = whole.or(Some((index, step, copy, source)));
                        } else if whole.is_none() && copied.len() < MOST {
                            copied.add(base_name(text));
                        }
                    }
                }
                Body::Run(_) => {
                    let Some((place, copy_step, copy, source)) = whole.filter(|_| !reported) else {
                        continue;
                    };
                    let Some(dependencies) = first_fetch(step, &copied) else { continue };
                    reported = true;
                    let message = format!(
                        "any changed file runs `{}` again, because `COPY {} ...` does not come first",
                        dependencies.shown, dependencies.files
                    );
                    let edits = (index == place + 1)
                        .then(|| moved(copy_step, copy, step, &dependencies, cx))
                        .flatten();
                    let found = cx.report(source.span, message);
                    let found = found.related(dependencies.command.span, "this runs again");
                    if let Some(edits) = edits {
                        let title = format!(
                            "Copy {} and run `{}` first, which sees no other file then",
                            dependencies.files, dependencies.shown
                        );
                        found.unsafe_fix(title, edits);
                    }
                }
                _ => {}
            }
        }
        of_stages.push(copied);
    }
}

/// The first command that fetches dependencies of which nothing was copied by name. With a cache or
/// the manifests mounted, running it again costs little.
fn first_fetch<'s>(step: &'s Step<'_>, copied: &Names) -> Option<Dependencies<'s>> {
    let mut mounts = step.instruction.statement.flags.iter().filter_map(Mount::of);
    if mounts.any(|mount| matches!(mount.kind(), "cache" | "bind")) {
        return None;
    }
    let fetches = step.script.commands.iter().filter_map(Dependencies::of);
    let alone = |found: &Dependencies<'_>| {
        !found.manifests.iter().any(|manifest| copied.names().any(|name| names(name, manifest)))
    };
    fetches.into_iter().find(alone)
}

/// Whether a copied file or folder may be, or hold, the manifest.
fn names(copied: &str, manifest: &str) -> bool {
    let fixed = copied.split(['*', '?', '[']).next().unwrap_or_default();
    let is_pattern = fixed.len() < copied.len();
    (is_pattern && base_name(manifest).starts_with(fixed))
        || manifest.split('/').any(|part| part == copied)
}

fn base_name(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

/// The edits that put the manifests and the command before COPY.
fn moved(
    copy_step: &Step<'_>,
    copy: &Copy,
    run: &Step<'_>,
    dependencies: &Dependencies<'_>,
    cx: &Context<'_, '_>,
) -> Option<Vec<Edit>> {
    let statement = &copy_step.instruction.statement;
    let destination = copy.destination.text.trim_end_matches('/');
    let plain = |ch: char| ch.is_ascii_alphanumeric() || "/._-".contains(ch);
    let simple = statement.flags.is_empty()
        && run.instruction.statement.flags.is_empty()
        && run.instruction.line.heredocs.is_empty()
        && !copy.json
        && copy.sources.len() == 1
        && dependencies.files_are_relative
        && destination.chars().all(plain);
    let first = run.script.commands.first().filter(|_| simple)?;
    if first.span != dependencies.command.span || first.depth > 0 {
        return None;
    }
    let start = copy_step.instruction.span().start;
    let command = first.span.of(cx.text);
    let text = format!("COPY {} {destination}/\nRUN {command}\n", dependencies.files);
    Some(vec![Edit::insert(start, text), Edit::delete(rest(first, run, cx)?)])
}

/// What goes from the old place: the whole RUN, or the command with its `&&`.
fn rest(first: &Command, run: &Step<'_>, cx: &Context<'_, '_>) -> Option<Span> {
    match run.script.commands.get(1) {
        None => Some(cx.extent(run.instruction.span())),
        Some(next) if next.joint == Joint::And && next.depth == 0 => {
            Some(Span::new(first.span.start, next.span.start))
        }
        Some(_) => None,
    }
}
