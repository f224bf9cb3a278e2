//! STOPSIGNAL with something that is no signal.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

pub const RULE: Rule = Rule {
    name: "stopsignal-invalid",
    aliases: &["dockerfile-utils:INVALID_SIGNAL"],
    area: Area::Runtime,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::Stopsignal]),
};
