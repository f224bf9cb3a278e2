//! An instruction with more arguments than it takes.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

// Shares `hadolint:DL1000` with the other rules for what hadolint cannot read: it has one code for all.
pub const RULE: Rule = Rule {
    name: "extra-arguments",
    aliases: &["hadolint:DL1000", "dockerfile-utils:ARGUMENT_EXTRA"],
    area: Area::Parse,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::ExtraArguments]),
};
