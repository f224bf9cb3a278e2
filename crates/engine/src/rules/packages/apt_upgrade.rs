//! `apt-get upgrade`.

use crate::diagnostic::Level;
use crate::rules::upgrades;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;

pub const RULE: Rule = Rule {
    name: "apt-upgrade",
    aliases: &[
        "semgrep:avoid-apt-get-upgrade",
        "dockerfilelint:apt-get-upgrade",
        "whalelint:RUN005",
        "kics:RunUsingUpgrade",
    ],
    area: Area::Packages,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&["apt-get", "apt"], check),
};

const MESSAGE: &str = "brings all packages to what the repositories have that day";

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    upgrades::check("upgrade safe-upgrade", MESSAGE, command, site, cx);
}
