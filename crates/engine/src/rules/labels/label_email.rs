//! Labels that must be addresses of e-mail, and are not.

use crate::diagnostic::Level;
use crate::report::LabelKind;
use crate::rules::{Area, Check, Rule};

// Shares `droast:DF074` with the other rules of the label schema: droast has one code for all.
pub const RULE: Rule = Rule {
    name: "label-email",
    aliases: &["hadolint:DL3058", "droast:DF074"],
    area: Area::Labels,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Label(LabelKind::Email, "is not an address of e-mail"),
};
