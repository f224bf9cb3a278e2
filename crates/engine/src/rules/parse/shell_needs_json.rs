//! SHELL without a JSON array.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

pub const RULE: Rule = Rule {
    name: "shell-needs-json",
    aliases: &["dockerfile-utils:SHELL_JSON_FORM"],
    area: Area::Parse,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::ShellForm]),
};
