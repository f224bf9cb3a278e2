//! Packages of yum without a version.

use crate::diagnostic::Level;
use crate::rules::pins::check_rpm;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Manager};

pub const RULE: Rule = Rule {
    name: "yum-pin",
    aliases: &["hadolint:DL3033", "kics:YumWithoutVersion"],
    area: Area::Packages,
    level: Level::Warning,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&["yum"], check),
};

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    check_rpm(&[Manager::Yum], command, site, cx);
}
