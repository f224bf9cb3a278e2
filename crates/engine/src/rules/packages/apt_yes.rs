//! `apt-get install` that waits for an answer.

use crate::diagnostic::Level;
use crate::rules::answers::{self, Question};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;

pub const RULE: Rule = Rule {
    name: "apt-yes",
    aliases: &[
        "hadolint:DL3014",
        "trivy:DS-0021",
        "kics:AptGetMissingYes",
        "semgrep:missing-assume-yes-switch",
        "dockerfilelint:apt-get_missing_param",
        "droast:DF015",
        "whalelint:RUN009",
    ],
    area: Area::Packages,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&["apt-get", "apt"], check),
};

const QUESTION: Question = Question {
    verbs: "install",
    others: "upgrade dist-upgrade full-upgrade remove purge autoremove build-dep",
    letters: "y",
    flags: "yes assume-yes",
    answered,
    answer: "-y",
    early: false,
};

fn check(command: &Command, _: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let apt = command.program() == "apt";
    if !(apt && cx.follows(crate::report::RuleSet::Hadolint)) {
        answers::check(&QUESTION, command, cx);
    }
}

/// Twice quiet means yes.
fn answered(command: &Command, hadolint: bool) -> bool {
    let words = || command.arguments().iter().map(|word| word.text.as_str());
    let letters = words().filter(|word| word.starts_with('-') && !word.starts_with("--"));
    let quiet: usize = letters.map(|word| word.matches('q').count()).sum();
    let long = words().filter(|word| *word == "--quiet").count();
    if hadolint {
        return quiet == 2 || long == 2 || command.has("-q=2");
    }
    let option = |word: &str| {
        let word = word.to_ascii_lowercase();
        word.contains("apt::get::assume-yes=") && !word.ends_with("false")
    };
    let forced = |word: &str| matches!(word, "--force-yes" | "-q=2" | "--quiet=2");
    quiet + long >= 2 || words().any(|word| option(word) || forced(word))
}
