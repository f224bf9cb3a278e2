//! Commands that bring all packages up to date: what the rules about upgrades share.

use super::{Context, Site};
use crate::diagnostic::Edit;
use crate::report::RuleSet;
use crate::shell::{Command, Invocation, Joint, lists};
use crate::source::Span;

/// Reports a command that is one of `verbs` and names no package.
pub(super) fn check(
    verbs: &str,
    message: &str,
    command: &Command,
    site: &Site<'_, '_>,
    cx: &mut Context<'_, '_>,
) {
    let verb = match cx.follows(RuleSet::Hadolint) {
        true => command.arguments().iter().find(|word| lists(verbs, &word.text)),
        false => Invocation::verb_of(command)
            .filter(|verb| lists(verbs, &verb.text))
            .and_then(|_| Invocation::of(command))
            .filter(|found| found.arguments().next().is_none())
            .map(|found| found.verb),
    };
    let Some(verb) = verb else { return };
    let edit = removal(command, site, cx.text);
    let found = cx.report(verb.span, format!("`{} {}` {message}", command.program(), verb.text));
    if let Some(edit) = edit {
        let title = "Leave it out, which also leaves out fixes that the base image lacks";
        found.unsafe_fix(title, vec![edit]);
    }
}

/// Takes the command out of a chain of `&&`, unless it is the first.
fn removal(command: &Command, site: &Site<'_, '_>, text: &str) -> Option<Edit> {
    let commands = &site.step.script.commands;
    let index = commands.iter().position(|other| other.span == command.span)?;
    let before = commands.iter().rev().find(|other| other.next == Some(index))?;
    let followed = commands.get(command.next.unwrap_or(usize::MAX));
    let chained = |other: &Command| other.joint == Joint::And;
    if !command.is_top_level() || !chained(command) || !followed.is_none_or(chained) {
        return None;
    }
    let between = Span::new(before.span.end, command.span.start);
    let signs = between.of(text).trim_matches(|ch: char| ch.is_whitespace() || ch == '\\');
    (signs == "&&").then(|| Edit::delete(Span::new(before.span.end, command.span.end)))
}
