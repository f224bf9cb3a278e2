//! Modules downloaded without the sums that they should have.

use crate::diagnostic::{Edit, Level};
use crate::image::go_arguments;
use crate::model::{Base, Stage, Step};
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::ShellWord;
use crate::syntax::{Body, Word};

pub const RULE: Rule = Rule {
    name: "go-sum-missing",
    aliases: &[],
    area: Area::Go,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    if matches!(stage.base, Base::Stage(_)) {
        return;
    }
    let mut manifest: Option<(&Word, bool)> = None;
    for step in &stage.steps {
        match step.body() {
            Body::Copy(copy) | Body::Add(copy) => {
                let mut own = None;
                for source in &copy.sources {
                    match step.text(source).unwrap_or_default().rsplit('/').next() {
                        Some("go.mod") => own = Some(source),
                        // A folder, a pattern or a variable may bring the sums.
                        Some(name) if brings_sums(name) => return,
                        _ => {}
                    }
                }
                let to = copy.destination.text.as_str();
                let folder = to.ends_with('/') || to == ".";
                manifest = own.map(|own| (own, folder && !copy.json)).or(manifest);
            }
            Body::Run(_) => {
                if step.mounts().any(|mount| mount.kind() == "bind") || writes_sums(step) {
                    return;
                }
                let Some((source, folder)) = manifest else { continue };
                let downloads = |words: &[ShellWord]| words.iter().all(|w| w.text.starts_with('-'));
                let mut commands = step.script.commands.iter();
                let download = commands.find(|command| {
                    go_arguments(command, &["mod", "download"]).is_some_and(downloads)
                });
                let Some(download) = download else { continue };
                let message = "without `go.sum`, nothing tells whether the downloads are the same as last time";
                let edit = Edit::insert(source.span.end, sum_beside(&source.text));
                let found = cx.report(source.span, message);
                let found = found.related(download.span, "this downloads");
                if folder {
                    found.unsafe_fix("Copy `go.sum` too, where there is one", vec![edit]);
                }
                return;
            }
            _ => {}
        }
    }
}

fn sum_beside(manifest: &str) -> String {
    let folder = manifest.strip_suffix("go.mod").unwrap_or_default();
    format!(" {folder}go.sum*")
}

/// Whether a source of that name may be or hold `go.sum`.
fn brings_sums(name: &str) -> bool {
    !name.contains('.')
        || name.starts_with("go.sum")
        || name.contains(['*', '?', '[', '$'])
        || matches!(name, "." | "..")
}

/// Whether a script may write the sums itself.
fn writes_sums(step: &Step<'_>) -> bool {
    step.script.commands.iter().any(|command| {
        let tidies = go_arguments(command, &["mod", "tidy"]).is_some();
        let gets = go_arguments(command, &["get"]).is_some();
        tidies
            || gets
            || matches!(command.program(), "git" | "cp" | "mv" | "tar" | "touch" | "make")
    })
}
