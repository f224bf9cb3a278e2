//! Packages of apt without a version.

use crate::diagnostic::Level;
use crate::report::RuleSet;
use crate::rules::pins::{self, Pins};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Manager};

pub const RULE: Rule = Rule {
    name: "apt-pin",
    aliases: &["hadolint:DL3008", "kics:AptGetPinVersion", "droast:DF005", "whalelint:RUN002"],
    area: Area::Packages,
    level: Level::Warning,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&["apt-get", "apt"], check),
};

/// hadolint takes a file for fixed, and a release behind a slash.
const PINS: Pins = Pins {
    verbs: "install",
    groups: "",
    valued: "t target-release",
    fixed: |word| word.contains(['=', '/']) || word.ends_with(".deb"),
};

fn check(command: &Command, _: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    // hadolint does not ask for versions where `apt` is used.
    if command.program() == "apt-get" || !cx.follows(RuleSet::Hadolint) {
        pins::check(&[Manager::AptGet, Manager::Apt], &PINS, command, cx);
    }
}
