//! `apk upgrade`.

use crate::diagnostic::Level;
use crate::rules::upgrades;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;

pub const RULE: Rule = Rule {
    name: "apk-upgrade",
    aliases: &["kics:ApkUpgrade", "semgrep:avoid-apk-upgrade"],
    area: Area::Packages,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&["apk"], check),
};

const MESSAGE: &str = "brings all packages to what the repositories have that day";

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    upgrades::check("upgrade", MESSAGE, command, site, cx);
}
