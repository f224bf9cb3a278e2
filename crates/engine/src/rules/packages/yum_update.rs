//! `yum update` of everything.

use crate::diagnostic::Level;
use crate::rules::upgrades;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;

pub const RULE: Rule = Rule {
    name: "yum-update",
    aliases: &[
        "kics:YumUpdateEnabled",
        "semgrep:avoid-yum-update",
        "dockerfile_lint:yum_update_all",
    ],
    area: Area::Packages,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&["yum"], check),
};

const MESSAGE: &str = "brings all packages to what the repositories have that day";

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    upgrades::check("update upgrade", MESSAGE, command, site, cx);
}
