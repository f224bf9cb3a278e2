//! Packages of dnf and its relatives without a version.

use crate::diagnostic::Level;
use crate::report::RuleSet;
use crate::rules::pins::check_rpm;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Manager};

pub const RULE: Rule = Rule {
    name: "dnf-pin",
    aliases: &["hadolint:DL3041", "kics:DnfVersionMissing"],
    area: Area::Packages,
    level: Level::Warning,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&["dnf", "microdnf", "tdnf", "dnf5"], check),
};

const MANAGERS: [Manager; 3] = [Manager::Dnf, Manager::Microdnf, Manager::Tdnf];

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    // A group has no version, and hadolint does not know the youngest of the family.
    let young = matches!(command.program(), "tdnf" | "dnf5");
    let unknown = young && cx.follows(RuleSet::Hadolint);
    if !unknown && !command.has("group") {
        check_rpm(&MANAGERS, command, site, cx);
    }
}
