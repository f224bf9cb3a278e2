//! `# escape=` with something else than a backslash or a backtick.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

pub const RULE: Rule = Rule {
    name: "escape-directive-invalid",
    aliases: &["dockerfile-utils:INVALID_ESCAPE_DIRECTIVE"],
    area: Area::Parse,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::EscapeDirective]),
};
