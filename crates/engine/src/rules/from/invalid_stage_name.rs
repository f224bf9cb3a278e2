//! A stage name with characters that it may not have.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

// Shares `hadolint:DL1000` with the other rules for what hadolint cannot read: it has one code for all.
pub const RULE: Rule = Rule {
    name: "invalid-stage-name",
    aliases: &["hadolint:DL1000", "dockerfile-utils:INVALID_BUILD_STAGE_NAME"],
    area: Area::From,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::StageName]),
};
