//! A flag that is given twice.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

// Shares `hadolint:DL1000` with the other rules for what hadolint cannot read: it has one code for all.
pub const RULE: Rule = Rule {
    name: "duplicate-flag",
    aliases: &["hadolint:DL1000", "dockerfile-utils:FLAG_DUPLICATE"],
    area: Area::Parse,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::DuplicateFlag]),
};
