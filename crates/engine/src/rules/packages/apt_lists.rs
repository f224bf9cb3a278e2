//! Package lists of apt that stay in a layer.

use crate::diagnostic::{Edit, Level};
use crate::image::apt_lists_left;
use crate::model::{Base, Step};
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule};
use crate::source::Span;
use crate::syntax::{Body, CommandLine, Keyword};
use std::collections::HashSet;

pub const RULE: Rule = Rule {
    name: "apt-lists",
    aliases: &["hadolint:DL3009"],
    area: Area::Packages,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    // hadolint looks at the last stage and at all that any other stage builds on.
    let hadolint = cx.follows(RuleSet::Hadolint);
    let bases: HashSet<usize> = match hadolint {
        true => model
            .stages
            .iter()
            .filter_map(|stage| match stage.base {
                Base::Stage(parent) => Some(parent),
                _ => None,
            })
            .collect(),
        false => HashSet::new(),
    };
    for stage in &model.stages {
        let counts = stage.shipped || bases.contains(&stage.index);
        for step in stage.steps.iter().filter(|step| step.run().is_some()) {
            // To hadolint, a trigger always ends up in what somebody ships.
            let triggered = hadolint && step.keyword() == Keyword::Onbuild;
            if !counts && !triggered {
                continue;
            }
            let mounts: Vec<_> = step.mounts().collect();
            if let Some(update) = apt_lists_left(&step.script, &mounts) {
                report(update, step, cx);
            }
        }
    }
}

fn report(span: Span, step: &Step<'_>, cx: &mut Context<'_, '_>) {
    let removal = removal(step, cx.text);
    let found = cx.report(span, "the package lists of apt stay in this layer");
    if let Some(edit) = removal {
        found.safe_fix("Remove them at the end of this RUN", vec![edit]);
    }
}

/// `rm` behind the last command, joined as the one before it is.
fn removal(step: &Step<'_>, text: &str) -> Option<Edit> {
    const REMOVE: &str = "rm -rf /var/lib/apt/lists/*";
    let Body::Run(CommandLine::Shell(body)) = &step.run()?.body else { return None };
    let commands = &step.script.commands;
    let last = commands.last().filter(|last| last.depth == 0)?;
    let heredocs = &step.instruction.line.heredocs;
    let end = heredocs.first().map_or(body.span.end, |heredoc| heredoc.body.end);
    let rest = Span::new(last.span.end, end).of(text);
    if !rest.trim().is_empty() || matches!(last.program(), "exit" | "exec") {
        return None;
    }
    let before = commands.iter().rev().nth(1).filter(|before| before.depth == 0);
    let joint = before.map(|before| Span::new(before.span.end, last.span.start).of(text));
    let joins = |joint: &&str| {
        let signs: String = joint.chars().filter(|ch| !ch.is_whitespace()).collect();
        let signs = signs.trim_matches(['\\', '`']);
        matches!(signs, "&&" | ";") || (signs.is_empty() && !heredocs.is_empty())
    };
    let plain = if heredocs.is_empty() { " && " } else { "\n" };
    let joint = joint.filter(joins).unwrap_or(plain);
    Some(Edit::insert(last.span.end, format!("{joint}{REMOVE}")))
}
