//! `--from` with a variable.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

// Shares `hadolint:DL3022` with copy-from-unknown, which speaks of names.
pub const RULE: Rule = Rule {
    name: "copy-from-variable",
    aliases: &["hadolint:DL3022", "dockerfile-utils:FLAG_INVALID_FROM_VALUE"],
    area: Area::CopyAdd,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::FromVariable]),
};
