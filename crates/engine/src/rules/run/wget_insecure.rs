//! wget without certificate checks.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule, UnwantedFlag};

pub const RULE: Rule = Rule {
    name: "wget-insecure",
    aliases: &["checkov:CKV2_DOCKER_3"],
    area: Area::Run,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Flag(&[UnwantedFlag {
        programs: &["wget"],
        subcommands: &[],
        flags: &["--no-check-certificate"],
        message: "takes the file from anybody who answers, as no certificate is checked",
        caution: ", and fail where the certificate is not trusted",
    }]),
};
