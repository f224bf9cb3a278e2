//! `dnf install` that waits for an answer.

use crate::diagnostic::Level;
use crate::report::RuleSet;
use crate::rules::answers::{self, Question};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;

pub const RULE: Rule = Rule {
    name: "dnf-yes",
    aliases: &["hadolint:DL3038", "kics:DnfMissingFlag", "semgrep:missing-dnf-assume-yes-switch"],
    area: Area::Packages,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&["dnf", "microdnf", "tdnf", "dnf5"], check),
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
    // microdnf never asks, but hadolint thinks so; and it does not know the youngest of the family.
    let left_out = match cx.follows(RuleSet::Hadolint) {
        true => matches!(command.program(), "tdnf" | "dnf5"),
        false => command.program() == "microdnf",
    };
    if !left_out {
        answers::check(&QUESTION, command, cx);
    }
}
