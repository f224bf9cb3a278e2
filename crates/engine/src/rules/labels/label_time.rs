//! Labels that must be times, and are not.

use crate::diagnostic::Level;
use crate::report::LabelKind;
use crate::rules::{Area, Check, Rule};

// Shares `droast:DF074` with the other rules of the label schema: droast has one code for all.
pub const RULE: Rule = Rule {
    name: "label-time",
    aliases: &["hadolint:DL3053", "droast:DF074"],
    area: Area::Labels,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Label(
        LabelKind::Time,
        "is not a time as RFC 3339 writes it, such as `2026-11-21T12:00:00Z`",
    ),
};
