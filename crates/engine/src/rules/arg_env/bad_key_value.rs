//! A malformed pair of ENV, LABEL or ARG.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

// Shares `hadolint:DL1000` with the other rules for what hadolint cannot read: it has one code for all.
pub const RULE: Rule = Rule {
    name: "bad-key-value",
    aliases: &["hadolint:DL1000", "dockerfile-utils:SYNTAX_MISSING_EQUALS"],
    area: Area::ArgEnv,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::KeyValue]),
};
