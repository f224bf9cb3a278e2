//! Labels that must be URLs, and are not.

use crate::diagnostic::Level;
use crate::report::LabelKind;
use crate::rules::{Area, Check, Rule};

// Shares `droast:DF074` with the other rules of the label schema: droast has one code for all.
pub const RULE: Rule = Rule {
    name: "label-url",
    aliases: &["hadolint:DL3052", "droast:DF074"],
    area: Area::Labels,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Label(LabelKind::Url, "is not an absolute URL"),
};
