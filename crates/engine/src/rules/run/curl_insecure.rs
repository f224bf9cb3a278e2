//! curl without certificate checks.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule, UnwantedFlag};

pub const RULE: Rule = Rule {
    name: "curl-insecure",
    aliases: &["checkov:CKV2_DOCKER_2"],
    area: Area::Run,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Flag(&[UnwantedFlag {
        programs: &["curl"],
        subcommands: &[],
        flags: &["-k", "--insecure", "--proxy-insecure", "--doh-insecure"],
        message: "takes the file from anybody who answers, as no certificate is checked",
        caution: ", and fail where the certificate is not trusted",
    }]),
};
