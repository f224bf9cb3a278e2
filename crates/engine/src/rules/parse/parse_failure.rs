//! What BuildKit refuses to read.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

pub const RULE: Rule = Rule {
    name: "parse-failure",
    aliases: &[],
    area: Area::Parse,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::StageCycle]),
};
