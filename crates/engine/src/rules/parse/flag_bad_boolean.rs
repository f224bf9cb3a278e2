//! A flag that is on or off has another value.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

pub const RULE: Rule = Rule {
    name: "flag-bad-boolean",
    aliases: &["dockerfile-utils:FLAG_EXPECTED_BOOLEAN_VALUE"],
    area: Area::Parse,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::FlagBoolean]),
};
