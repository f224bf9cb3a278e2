//! `apt-get dist-upgrade`, which may remove packages.

use crate::diagnostic::Level;
use crate::rules::upgrades;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;

pub const RULE: Rule = Rule {
    name: "apt-dist-upgrade",
    aliases: &[
        "trivy:DS-0024",
        "dockle:DKL-DI-0003",
        "dockerfilelint:apt-get-dist-upgrade",
        "droast:DF069",
    ],
    area: Area::Packages,
    level: Level::Warning,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&["apt-get", "apt"], check),
};

const MESSAGE: &str = "may remove packages of the base image";

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    upgrades::check("dist-upgrade full-upgrade", MESSAGE, command, site, cx);
}
