//! Packages of RPM whose signatures nobody checks.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule, UnwantedFlag};

pub const RULE: Rule = Rule {
    name: "rpm-nosignature",
    aliases: &["checkov:CKV2_DOCKER_10"],
    area: Area::Packages,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Flag(&[FLAG]),
};

const FLAG: UnwantedFlag = UnwantedFlag {
    programs: &["rpm", "zypper"],
    subcommands: &[],
    flags: &["--nosignature", "--nodigest", "--noverify", "--no-gpg-checks"],
    message: "switches off a check of the package",
    caution: ", and let a package fail that is not what was signed",
};
