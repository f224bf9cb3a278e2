//! Several chained commands on one line.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Joint;
use crate::source::Span;
use crate::syntax::{Body, CommandLine, Keyword};

pub const RULE: Rule = Rule {
    name: "chain-newline",
    aliases: &["tally:newline-per-chained-call"],
    area: Area::Style,
    level: Level::Style,
    recommended: false,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Run], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let instruction = site.step.instruction;
    if !matches!(instruction.statement.body, Body::Run(CommandLine::Shell(_))) {
        return;
    }
    let commands = site.step.script.commands.iter();
    let mut end = 0;
    for command in commands.filter(|command| command.depth == 0) {
        let gap = Span::new(end, command.span.start);
        end = command.span.end;
        // Lines of heredocs end without a continuation character.
        if command.joint != Joint::And || !instruction.line.head.contains(command.span) {
            continue;
        }
        let operator = command.joint_span;
        if gap.of(cx.text).trim_matches([' ', '\t']) == "&&" {
            let before = Span::new(gap.start, operator.start);
            let edits = vec![Edit::replace(before, format!(" {}\n    ", cx.tree.escape))];
            cx.report(operator, "this command stands on the line of the one before it")
                .safe_fix("Start a new line", edits);
        }
    }
}
