//! Chains of commands that a heredoc would show better.

use crate::diagnostic::{Edit, Level};
use crate::model::{ShellKind, Step};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Joint};
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "run-heredoc",
    aliases: &["tally:prefer-run-heredoc"],
    area: Area::Run,
    level: Level::Style,
    recommended: false,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Run], check),
};

/// So many commands in a row make a chain.
const CHAIN: usize = 3;

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let step = site.step;
    let instruction = step.instruction;
    let unix = matches!(step.shell.kind, ShellKind::Sh | ShellKind::Bash);
    let shell_form = instruction.line.heredocs.is_empty() && unix && step.script.whole;
    if step.script.commands.len() < CHAIN || !shell_form {
        return;
    }
    let commands: Vec<&Command> = step.script.commands.iter().filter(|it| it.depth == 0).collect();
    let chained = commands.iter().skip(1).all(|command| command.joint == Joint::And);
    if commands.len() < CHAIN || !chained {
        return;
    }
    let edit = heredoc(step, &commands, cx);
    let place = instruction.statement.keyword_word.span;
    let message =
        format!("{} commands in a chain, which a heredoc would show one by one", commands.len());
    let found = cx.report(place, message);
    if let Some(edit) = edit {
        found.unsafe_fix("Write a heredoc, which needs Dockerfile syntax 1.4", vec![edit]);
    }
}

/// The same commands, one to a line, if nothing but `&&` stands between them.
fn heredoc(step: &Step<'_>, commands: &[&Command], cx: &Context<'_, '_>) -> Option<Edit> {
    let line = &step.instruction.line;
    let arguments = step.instruction.statement.arguments.span;
    let plain = |command: &&&Command| {
        let text = command.span.of(cx.text);
        command.blocks == 0 && !text.contains(['\r', '`']) && !text.starts_with("EOF")
    };
    let whole = commands.first()?.span.start == arguments.start
        && commands.last()?.span.end == arguments.end
        && line.comments.is_empty()
        && line.empty_lines.is_empty()
        && cx.tree.escape == '\\'
        && commands.iter().filter(plain).count() == commands.len();
    if !whole {
        return None;
    }
    let mut text = String::from("<<EOF\nset -e\n");
    for command in commands {
        text.push_str(command.span.of(cx.text));
        text.push('\n');
    }
    text.push_str("EOF");
    Some(Edit::replace(arguments, text))
}
