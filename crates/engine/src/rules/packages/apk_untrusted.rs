//! apk that installs what nobody signed.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule, UnwantedFlag};

pub const RULE: Rule = Rule {
    name: "apk-untrusted",
    aliases: &["checkov:CKV2_DOCKER_7"],
    area: Area::Packages,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Flag(&[FLAG]),
};

const FLAG: UnwantedFlag = UnwantedFlag {
    programs: &["apk"],
    subcommands: &[],
    flags: &["--allow-untrusted"],
    message: "installs packages that nobody signed",
    caution: ", and let apk refuse what is not signed",
};
