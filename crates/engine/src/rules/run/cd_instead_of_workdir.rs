//! `cd` where WORKDIR is meant.

use crate::diagnostic::{Edit, Level};
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Joint};
use crate::source::Span;
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "cd-instead-of-workdir",
    aliases: &["hadolint:DL3003", "trivy:DS-0013"],
    area: Area::Run,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Run], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let commands = &site.step.script.commands;
    let last = commands.iter().rposition(|command| command.depth == 0);
    let mut at_start = true;
    for (index, command) in commands.iter().enumerate() {
        let first = at_start;
        at_start = first && command.program() == "set";
        if command.program() != "cd" {
            continue;
        }
        let next = commands.get(index + 1);
        let shown = command.span.of(cx.text);
        if command.depth == 0 && Some(index) == last {
            let message = format!(
                "`{shown}` ends with this RUN, and the next instruction starts in the WORKDIR again"
            );
            let fix = (commands.len() == 1).then(|| whole_run(command, site)).flatten();
            let found = cx.report(command.span, message);
            if let Some(edit) = fix {
                found.unsafe_fix("Make it a WORKDIR, which holds for all that follows", vec![edit]);
            }
            continue;
        }
        let or_else = next.is_some_and(|next| next.joint == Joint::Or);
        let plain = first && command.depth == 0 && !or_else;
        // In the midst of a command list or in a subshell, `cd` does what nothing else does as well.
        if !plain && !cx.follows(RuleSet::Hadolint) {
            continue;
        }
        let fix = next.filter(|_| plain).and_then(|next| before_run(command, next, site, cx));
        let found =
            cx.report(command.span, format!("`{shown}` holds for this RUN alone, unlike WORKDIR"));
        if let Some(edits) = fix {
            found.unsafe_fix("Make it a WORKDIR, which also holds for all that follows", edits);
        }
    }
}

/// The directory, if WORKDIR would understand it in the same way.
fn directory(command: &Command) -> Option<&str> {
    let [word] = command.arguments() else { return None };
    let plain = word.literal && word.text.starts_with('/') && command.redirects.is_empty();
    let safe = |ch: char| ch.is_ascii_alphanumeric() || "/._-".contains(ch);
    (plain && word.text.chars().all(safe)).then_some(word.text.as_str())
}

fn whole_run(command: &Command, site: &Site<'_, '_>) -> Option<Edit> {
    let instruction = site.step.instruction;
    let alone = instruction.statement.flags.is_empty() && instruction.line.heredocs.is_empty();
    let directory = directory(command).filter(|_| alone)?;
    Some(Edit::replace(instruction.span(), format!("WORKDIR {directory}")))
}

fn before_run(
    command: &Command,
    next: &Command,
    site: &Site<'_, '_>,
    cx: &Context<'_, '_>,
) -> Option<Vec<Edit>> {
    let joined = next.joint == Joint::And && next.depth == 0;
    let directory = directory(command).filter(|_| joined)?;
    let start = site.step.instruction.span().start;
    let mut edits = vec![
        Edit::insert(start, format!("WORKDIR {directory}\n")),
        Edit::delete(Span::new(command.span.start, next.span.start)),
    ];
    edits.extend(same_below(directory, site, cx).map(Edit::delete));
    Some(edits)
}

/// The lines of a WORKDIR right below that says the same.
fn same_below(directory: &str, site: &Site<'_, '_>, cx: &Context<'_, '_>) -> Option<Span> {
    let steps = &site.stage?.steps;
    let here = site.step.instruction.span();
    let below =
        steps.get(steps.partition_point(|step| step.instruction.span().start <= here.start))?;
    let Body::Workdir(path) = below.body() else { return None };
    (below.text(path) == Some(directory)).then(|| cx.extent(below.instruction.span()))
}
