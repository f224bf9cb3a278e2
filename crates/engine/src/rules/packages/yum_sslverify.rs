//! yum and its relatives that take any certificate.

use crate::diagnostic::Level;
use crate::rules::unwanted::check_option;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;

pub const RULE: Rule = Rule {
    name: "yum-sslverify",
    aliases: &["checkov:CKV2_DOCKER_15"],
    area: Area::Packages,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&["yum", "dnf", "microdnf", "tdnf", "yum-config-manager"], check),
};

const MESSAGE: &str = "takes whatever certificate the repository shows";
const CAUTION: &str = ", and fail where the certificate is not valid";

fn check(command: &Command, _: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    check_option("sslverify", MESSAGE, CAUTION, command, cx);
}
