//! A program to start whose mode does not let anybody execute it.

use crate::diagnostic::{Edit, Level, Spoils};
use crate::image::{File, Started};
use crate::model::Step;
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::Body;
use std::collections::HashSet;

pub const RULE: Rule = Rule {
    name: "not-executable",
    aliases: &[],
    area: Area::Runtime,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(Spoils::Start, &Check::File(check)),
};

fn check(cx: &mut Context<'_, '_>) {
    let mut reported = HashSet::new();
    let model = cx.model;
    // The final stage comes first: a file is reported once.
    for stage in model.stages.iter().rev() {
        let Started::File(path, file) = cx.started(stage) else { continue };
        let Some(image) = cx.image(stage) else { continue };
        // A command that nobody follows may have changed a file of the stage below.
        let sure = image.files.get(path).is_some() || !image.unfollowed.contains("/");
        if file.executable != Some(false) || !sure || !reported.insert(file.span) {
            continue;
        }
        let entry = image.entry().map(|entry| entry.span);
        let edit = model.steps().find_map(|(_, step)| executable(step, path, file));
        let message = format!("`{path}` may not be executed, so the container cannot start");
        let mut found = cx.report(file.span, message).in_stage(stage.index);
        if let Some(entry) = entry {
            found = found.related(entry, "this starts it");
        }
        if let Some((title, edit)) = edit {
            found.unsafe_fix(title, vec![edit]);
        }
    }
}

/// What would let the file be executed, if this step put it there.
fn executable(step: &Step<'_>, path: &str, file: &File) -> Option<(String, Edit)> {
    let statement = &step.instruction.statement;
    if !step.instruction.span().contains(file.span) {
        return None;
    }
    match step.body() {
        Body::Copy(_) | Body::Add(_) => {
            let edit = match statement.flag_value("chmod") {
                Some(mode) => Edit::replace(mode.span, "755"),
                None => {
                    let flags = statement.flags.last().map(|flag| flag.span);
                    let behind = flags.unwrap_or(statement.keyword_word.span);
                    Edit::insert(behind.end, " --chmod=755")
                }
            };
            Some(("Copy it with `--chmod=755`".to_owned(), edit))
        }
        Body::Run(_) => {
            let made_here = |command: &&crate::shell::Command| command.span == file.span;
            let command = step.script.commands.iter().find(made_here)?;
            let piped = step.script.reader_of(command).is_some();
            (command.is_top_level() && !piped).then(|| {
                let edit = Edit::insert(command.span.end, format!(" && chmod +x {path}"));
                (format!("Add `chmod +x {path}`"), edit)
            })
        }
        _ => None,
    }
}
