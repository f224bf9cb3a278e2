//! `yum install` that waits for an answer.

use crate::diagnostic::Level;
use crate::rules::answers::{self, Question};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;

pub const RULE: Rule = Rule {
    name: "yum-yes",
    aliases: &[
        "hadolint:DL3030",
        "kics:YumManualInput",
        "semgrep:missing-yum-assume-yes-switch",
        "droast:DF027",
    ],
    area: Area::Packages,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&["yum"], check),
};

const QUESTION: Question = Question {
    verbs: "install groupinstall localinstall",
    others: "update upgrade reinstall remove erase autoremove swap distro-sync",
    letters: "y",
    flags: "assumeyes",
    answered: |_, _| false,
    answer: "-y",
    early: false,
};

fn check(command: &Command, _: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    answers::check(&QUESTION, command, cx);
}
