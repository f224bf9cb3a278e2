//! Chains of commands on one long line.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Joint;
use crate::source::Span;
use crate::syntax::Keyword;

// Shares `tally:newline-per-chained-call` with `chain-newline`, which asks for a line each however short.
pub const RULE: Rule = Rule {
    name: "long-run",
    aliases: &["sonar:S7020", "tally:newline-per-chained-call"],
    area: Area::Run,
    level: Level::Style,
    recommended: false,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Run], check),
};

/// A longer line does not fit beside another window.
const LONGEST: u32 = 120;

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let instruction = site.step.instruction;
    let (first, last) = instruction.line.lines;
    let length = |line| cx.lines.line_start(line + 1) - cx.lines.line_start(line);
    if !(first..=last.min(cx.lines.len() as u32 - 1)).any(|line| length(line) > LONGEST) {
        return;
    }
    let commands = &site.step.script.commands;
    let chained =
        commands.iter().filter(|command| command.joint == Joint::And && command.depth == 0);
    let mut edits: Vec<(u32, Edit)> = Vec::new();
    let mut end = 0;
    for command in chained {
        let joint = command.joint_span;
        let line = cx.lines.line(joint.start);
        // A sign at the start of its line is where it should be.
        let before =
            commands.get(..commands.partition_point(|other| other.span.start < joint.start));
        let last = before.and_then(|before| before.last()).map_or(end, |last| last.span.end);
        end = joint.end;
        if cx.lines.line(last) == line {
            let edit = Edit::insert(joint.start, format!("{}\n    ", cx.tree.escape));
            edits.push((line, edit));
        }
    }
    for line in first..=last {
        let start = cx.lines.line_start(line).max(instruction.span().start);
        let stop = cx.lines.line_start(line + 1).saturating_sub(1).max(start);
        let span = Span::new(start, if line == last { instruction.span().end } else { stop });
        let from = edits.partition_point(|(of, _)| *of < line);
        let to = edits.partition_point(|(of, _)| *of <= line);
        let own = edits.get(from..to).unwrap_or_default();
        if span.of(cx.text).chars().count() as u32 > LONGEST && !own.is_empty() {
            let edits = own.iter().map(|(_, edit)| edit.clone()).collect();
            let message =
                format!("{} commands on one line of more than {LONGEST} characters", own.len() + 1);
            cx.report(span, message).safe_fix("Start a line at each `&&`", edits);
        }
    }
}
