//! A parser directive that is given twice.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

pub const RULE: Rule = Rule {
    name: "duplicate-directive",
    aliases: &["dockerfile-utils:DUPLICATED_ESCAPE_DIRECTIVE"],
    area: Area::Parse,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::DuplicateDirective]),
};
