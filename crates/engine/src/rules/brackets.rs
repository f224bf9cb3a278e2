//! Brackets that were meant for a JSON array: the check of the two rules about them.

use super::exec_form::is_entry;
use super::{Context, Site};
use crate::diagnostic::{Edit, Level, Spoils};
use crate::syntax::Keyword;

/// The instructions that take an array.
pub(super) const KEYWORDS: [Keyword; 8] = [
    Keyword::Run,
    Keyword::Cmd,
    Keyword::Entrypoint,
    Keyword::Healthcheck,
    Keyword::Copy,
    Keyword::Add,
    Keyword::Volume,
    Keyword::Onbuild,
];

/// Reports the array of an instruction if single quotes are what is wrong with it, or are not;
/// `messages` are for commands and for paths.
pub(super) fn check(
    single_quotes: bool,
    messages: [&'static str; 2],
    site: &Site<'_, '_>,
    cx: &mut Context<'_, '_>,
) {
    let Some((word, broken)) = site.step.instruction.statement.broken_json() else { return };
    if broken.single_quotes != single_quotes {
        return;
    }
    let [of_command, of_paths] = messages;
    let (message, level) = match broken.command {
        true => (of_command, Level::Error),
        false => (of_paths, Level::Warning),
    };
    // No shell finds a program whose name starts with a bracket.
    let starts = |stage| is_entry(site.step, stage, cx) && site.step.script.commands.len() == 1;
    let spoils = match site.step.keyword() {
        Keyword::Healthcheck => Some(Spoils::Use),
        Keyword::Cmd | Keyword::Entrypoint if site.stage.is_some_and(starts) => Some(Spoils::Start),
        _ => None,
    };
    let found = cx.report(word.span, message).level(level).spoils(spoils);
    if let Some(meant) = broken.meant.filter(|_| word.span.len() as usize == word.text.len()) {
        found.unsafe_fix(format!("Write `{meant}`"), vec![Edit::replace(word.span, meant)]);
    }
}
