//! `zypper dist-upgrade`.

use crate::diagnostic::Level;
use crate::rules::upgrades;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;

pub const RULE: Rule = Rule {
    name: "zypper-dup",
    aliases: &["hadolint:DL3035", "droast:DF044"],
    area: Area::Packages,
    level: Level::Warning,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&["zypper"], check),
};

const MESSAGE: &str = "may replace or remove any package of the base image";

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    upgrades::check("dist-upgrade dup", MESSAGE, command, site, cx);
}
