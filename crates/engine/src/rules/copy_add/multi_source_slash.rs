//! Several sources, and a destination that need not be a folder.

use crate::diagnostic::{Edit, Level};
use crate::model::{Stage, Step};
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::{Body, Keyword, instruction::Copy};
use std::collections::HashSet;

pub const RULE: Rule = Rule {
    name: "multi-source-slash",
    aliases: &["hadolint:DL3021", "trivy:DS-0011"],
    area: Area::CopyAdd,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    // Folders that are there because an earlier WORKDIR made them.
    let mut folders: HashSet<&str> = HashSet::new();
    for step in &stage.steps {
        match step.body() {
            Body::Workdir(path) => {
                folders.extend(step.text(path).map(|path| path.trim_end_matches('/')));
            }
            Body::Copy(copy) | Body::Add(copy) if copy.sources.len() + copy.heredocs.len() > 1 => {
                check_copy(step, copy, &folders, cx);
            }
            _ => {}
        }
    }
}

fn check_copy(step: &Step<'_>, copy: &Copy, folders: &HashSet<&str>, cx: &mut Context<'_, '_>) {
    let written = copy.destination.text.trim_matches(['"', '\'']);
    let is_folder = step.text(&copy.destination).is_none_or(|path| {
        path.ends_with('/')
            || matches!(path.rsplit('/').next(), Some("." | ".."))
            || folders.contains(path)
    });
    if written.ends_with('/') || (is_folder && !cx.follows(RuleSet::Hadolint)) {
        return;
    }
    if cx.follows(RuleSet::Hadolint) && copy.heredocs.len() == 1 {
        // All that follows a lone heredoc is the destination to hadolint, blanks included.
        return;
    }
    let count = copy.sources.len() + copy.heredocs.len();
    let message = match is_folder {
        true => format!("{count} sources go to `{written}`, which does not end in `/`"),
        false => {
            format!("{count} sources go to `{written}`, which is one file unless it ends in `/`")
        }
    };
    let span = copy.destination.span;
    let keyword = step.keyword();
    let mut found = cx.report(span, message);
    if keyword == Keyword::Add {
        found = found.codes(&[]);
    }
    let quoted = copy.destination.text != written || copy.json;
    let edit = Edit::insert(if quoted { span.end.saturating_sub(1) } else { span.end }, "/");
    if written.ends_with('.') {
        found.safe_fix("End it in `/`", vec![edit]);
    } else {
        found.unsafe_fix("End it in `/`, so that each source keeps its name", vec![edit]);
    }
}
