//! zypper that waits for an answer.

use crate::diagnostic::Level;
use crate::rules::answers::{self, Question};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;

pub const RULE: Rule = Rule {
    name: "zypper-yes",
    aliases: &["hadolint:DL3034", "kics:ZypperNonInteractive", "droast:DF043"],
    area: Area::Packages,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&["zypper"], check),
};

const QUESTION: Question = Question {
    verbs: "install in remove rm source-install si patch",
    others: "update up dist-upgrade dup install-new-recommends inr",
    letters: "ny",
    flags: "non-interactive no-confirm",
    answered: |_, _| false,
    answer: "-n",
    early: true,
};

fn check(command: &Command, _: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    answers::check(&QUESTION, command, cx);
}
