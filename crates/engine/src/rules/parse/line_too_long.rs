//! A line that is longer than what BuildKit reads at once.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

pub const RULE: Rule = Rule {
    name: "line-too-long",
    aliases: &[],
    area: Area::Parse,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::LongLine]),
};
