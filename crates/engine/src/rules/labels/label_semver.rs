//! Labels that must be semantic versions, and are not.

use crate::diagnostic::Level;
use crate::report::LabelKind;
use crate::rules::{Area, Check, Rule};

// Shares `droast:DF074` with the other rules of the label schema: droast has one code for all.
pub const RULE: Rule = Rule {
    name: "label-semver",
    aliases: &["hadolint:DL3056", "droast:DF074"],
    area: Area::Labels,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Label(LabelKind::SemanticVersion, "is not a semantic version such as `1.2.3`"),
};
