//! apt that installs what nobody signed.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule, UnwantedFlag};

pub const RULE: Rule = Rule {
    name: "apt-unauthenticated",
    aliases: &["checkov:CKV2_DOCKER_8"],
    area: Area::Packages,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Flag(&[FLAG]),
};

const FLAG: UnwantedFlag = UnwantedFlag {
    programs: &["apt-get", "apt", "aptitude"],
    subcommands: &[],
    flags: &["--allow-unauthenticated"],
    message: "installs packages that nobody signed",
    caution: ", and let apt refuse what is not signed",
};
