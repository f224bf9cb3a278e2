//! Packages of zypper without a version.

use crate::diagnostic::Level;
use crate::rules::pins::{self, Pins};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Manager};

pub const RULE: Rule = Rule {
    name: "zypper-pin",
    aliases: &["hadolint:DL3037", "kics:ZypperVersion"],
    area: Area::Packages,
    level: Level::Warning,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&["zypper"], check),
};

const PINS: Pins = Pins {
    verbs: "install in",
    groups: "",
    valued: "",
    fixed: |word| word.contains(['=', '<', '>']) || word.ends_with(".rpm"),
};

fn check(command: &Command, _: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    pins::check(&[Manager::Zypper], &PINS, command, cx);
}
