//! A quote that never closes.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

pub const RULE: Rule = Rule {
    name: "unterminated-quote",
    aliases: &["dockerfile-utils:SYNTAX_MISSING_DOUBLE_QUOTE"],
    area: Area::ArgEnv,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::OpenQuote]),
};
