//! A second word of FROM that is not AS.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

// Shares `hadolint:DL1000` with the other rules for what hadolint cannot read: it has one code for all.
pub const RULE: Rule = Rule {
    name: "from-as-invalid",
    aliases: &["hadolint:DL1000", "dockerfile-utils:INVALID_AS"],
    area: Area::From,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::FromWithoutAs]),
};
