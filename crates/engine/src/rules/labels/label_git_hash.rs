//! Labels that must be hashes of Git, and are not.

use crate::diagnostic::Level;
use crate::report::LabelKind;
use crate::rules::{Area, Check, Rule};

// Shares `droast:DF074` with the other rules of the label schema: droast has one code for all.
pub const RULE: Rule = Rule {
    name: "label-git-hash",
    aliases: &["hadolint:DL3055", "droast:DF074"],
    area: Area::Labels,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Label(
        LabelKind::GitHash,
        "is not a hash of Git: 7 or 40 small hexadecimal digits",
    ),
};
