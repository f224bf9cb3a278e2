//! Commands that ask a question nobody answers: what the rules about `-y` share.

use super::Context;
use crate::diagnostic::Edit;
use crate::report::RuleSet;
use crate::shell::{Command, Invocation, Joint, lists};

/// How a package manager asks, and how it is told not to.
pub(super) struct Question {
    /// The commands that ask and that hadolint knows.
    pub verbs: &'static str,
    /// Others that ask.
    pub others: &'static str,
    /// Letters of flags that answer.
    pub letters: &'static str,
    /// Flags that answer, without dashes.
    pub flags: &'static str,
    /// Other ways to answer, and which of them hadolint knows.
    pub answered: fn(&Command, bool) -> bool,
    /// The flag to add.
    pub answer: &'static str,
    /// Whether that stands right behind the program.
    pub early: bool,
}

/// Flags with which nothing is done, so nothing is asked.
const ASKS_NOTHING: &str = "simulate dry-run just-print no-act recon print-uris assume-no assumeno \
    help version download-only downloadonly";

/// Reports the command if it waits for an answer.
pub(super) fn check(question: &Question, command: &Command, cx: &mut Context<'_, '_>) {
    let known = command.arguments().iter().find(|word| lists(question.verbs, &word.text));
    let hadolint = cx.follows(RuleSet::Hadolint);
    let verb = match hadolint {
        true => known,
        false => Invocation::of(command)
            .map(|found| found.verb)
            .filter(|verb| lists(question.verbs, &verb.text) || lists(question.others, &verb.text)),
    };
    let Some(verb) = verb else { return };
    // `yes |` answers too, and a flag may hide in a variable.
    let open = command.joint == Joint::Pipe
        || command.redirects.iter().any(|redirect| redirect.operator.starts_with('<'))
        || command.arguments().iter().any(|word| !word.literal && word.text.starts_with('$'))
        || has_flag(command, "", ASKS_NOTHING)
        || (question.letters.contains('y') && command.has("-s"));
    let answered = has_flag(command, question.letters, question.flags);
    if answered || (question.answered)(command, hadolint) || (open && !hadolint) {
        return;
    }
    let (program, answer) = (command.program(), question.answer);
    // microdnf says yes by itself; only hadolint wants the flag there too.
    let what = match program {
        "microdnf" => format!("lacks `{answer}`"),
        _ => "asks for confirmation, which nobody can give".to_owned(),
    };
    let message = format!("`{program} {}` {what}", verb.text);
    let place = match (question.early, command.words.first()) {
        (true, Some(program)) => program.span.end,
        _ => verb.span.end,
    };
    let edit = Edit::insert(place, format!(" {answer}"));
    let mut found = cx.report(verb.span, message);
    if known.is_none() {
        found = found.codes(&[]);
    }
    found.safe_fix(format!("Add `{answer}`"), vec![edit]);
}

fn has_flag(command: &Command, letters: &str, names: &str) -> bool {
    command.arguments().iter().any(|word| match word.text.strip_prefix("--") {
        Some(name) => lists(names, name.split('=').next().unwrap_or_default()),
        None => word
            .text
            .strip_prefix('-')
            .is_some_and(|flags| flags.contains(|ch| letters.contains(ch))),
    })
}
