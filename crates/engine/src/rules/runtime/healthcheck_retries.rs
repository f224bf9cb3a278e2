//! HEALTHCHECK --retries that is no number, or below zero.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

// Shares `hadolint:DL1000` with the other rules for what hadolint cannot read: it has one code for all.
pub const RULE: Rule = Rule {
    name: "healthcheck-retries",
    aliases: &["hadolint:DL1000", "dockerfile-utils:FLAG_AT_LEAST_ONE"],
    area: Area::Runtime,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::HealthcheckRetries]),
};
