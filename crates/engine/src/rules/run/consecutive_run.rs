//! RUNs in a row that could be one.

use crate::diagnostic::{Edit, Level};
use crate::model::{Stage, Step};
use crate::order;
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::Command;
use crate::source::Span;
use crate::syntax::{Body, CommandLine, Keyword};

pub const RULE: Rule = Rule {
    name: "consecutive-run",
    aliases: &["hadolint:DL3059", "sonar:S7031", "slim:ID.20019", "droast:DF003"],
    area: Area::Run,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    // Layers of a stage that does not ship cost nothing, and serve the cache.
    if !stage.shipped && !cx.follows(RuleSet::Hadolint) {
        return;
    }
    for pair in stage.steps.windows(2) {
        let [first, second] = pair else { continue };
        let runs = first.keyword() == Keyword::Run && second.keyword() == Keyword::Run;
        if !runs || commands(first) > 1 || commands(second) > 1 || flags(first) != flags(second) {
            continue;
        }
        let edit = joined(first, second, cx);
        let place = second.instruction.statement.keyword_word.span;
        let found = cx.report(place, "this RUN could be part of the one above it");
        if let Some(edit) = edit {
            found.safe_fix("Join it to the RUN above", vec![edit]);
        }
    }
}

/// How many commands hadolint counts; tests in brackets are none to it.
fn commands(step: &Step<'_>) -> usize {
    let counts =
        |command: &&Command| !command.words.is_empty() && !matches!(command.program(), "[" | "[[");
    if step.script.whole { step.script.commands.iter().filter(counts).count() } else { 0 }
}

/// The flags in an order that says whether two RUNs have the same.
fn flags(step: &Step<'_>) -> Vec<String> {
    let sorted = |text: &str| {
        let mut options: Vec<&str> = text.split(',').collect();
        order::by_text(&mut options, |option| option);
        options.join(",")
    };
    let flags = &step.instruction.statement.flags;
    let option = |text: &str| sorted(text.strip_prefix("--mount=").unwrap_or(text));
    let mut flags: Vec<_> = flags.iter().map(|flag| option(&flag.text)).collect();
    order::by_text(&mut flags, |flag| flag);
    flags
}

/// `&&` for the line end between two RUNs, if nothing else stands there and both are one plain
/// command that leaves the shell as it was.
fn joined(first: &Step<'_>, second: &Step<'_>, cx: &Context<'_, '_>) -> Option<Edit> {
    let end = cx.extent(first.instruction.span()).end;
    if end != cx.extent(second.instruction.span()).start || !is_plain(first) || !is_plain(second) {
        return None;
    }
    let start = second.script.commands.first()?.span.start;
    let span = Span::new(first.script.commands.first()?.span.end, start);
    Some(Edit::replace(span, format!(" {}\n    && ", cx.tree.escape)))
}

fn is_plain(step: &Step<'_>) -> bool {
    const CHANGE_THE_SHELL: [&str; 9] =
        [".", "cd", "exec", "exit", "export", "set", "source", "umask", "unset"];
    let Body::Run(CommandLine::Shell(body)) = step.body() else { return false };
    let line = &step.instruction.line;
    let [command] = step.script.commands.as_slice() else { return false };
    line.heredocs.is_empty()
        && line.comments.is_empty()
        && step.script.whole
        && command.is_top_level()
        && command.span == body.span
        && !command.program().is_empty()
        && !CHANGE_THE_SHELL.contains(&command.program())
}
