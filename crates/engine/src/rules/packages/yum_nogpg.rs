//! Packages of yum and its relatives whose signatures nobody checks.

use crate::diagnostic::Level;
use crate::rules::unwanted::{self, check_option};
use crate::rules::{Area, Check, Context, Rule, Site, UnwantedFlag};
use crate::shell::Command;

pub const RULE: Rule = Rule {
    name: "yum-nogpg",
    aliases: &["checkov:CKV2_DOCKER_9"],
    area: Area::Packages,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&["yum", "dnf", "microdnf", "tdnf"], check),
};

const MESSAGE: &str = "installs packages without a look at their signatures";
const CAUTION: &str = ", and let a package fail that is not signed";
const FLAG: UnwantedFlag = UnwantedFlag {
    programs: &[],
    subcommands: &[],
    flags: &["--nogpgcheck", "--no-gpgchecks"],
    message: MESSAGE,
    caution: CAUTION,
};

fn check(command: &Command, _: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    unwanted::check(&FLAG, command, cx);
    check_option("gpgcheck", MESSAGE, CAUTION, command, cx);
}
