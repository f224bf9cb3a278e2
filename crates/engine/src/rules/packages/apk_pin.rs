//! Packages of apk without a version.

use crate::diagnostic::Level;
use crate::rules::pins::{self, Pins};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Manager};

pub const RULE: Rule = Rule {
    name: "apk-pin",
    aliases: &["hadolint:DL3018", "kics:ApkPinVersion", "droast:DF052"],
    area: Area::Packages,
    level: Level::Warning,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&["apk"], check),
};

const PINS: Pins = Pins {
    verbs: "add",
    groups: "",
    valued: "t X virtual repository",
    fixed: |word| word.contains(['=', '~', '<', '>']) || word.ends_with(".apk"),
};

fn check(command: &Command, _: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    pins::check(&[Manager::Apk], &PINS, command, cx);
}
