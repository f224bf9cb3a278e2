//! More than one HEALTHCHECK in a stage.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule, repeated};
use crate::syntax::Keyword;

// Shares `buildkit:MultipleInstructionsDisallowed` with the rules for CMD and ENTRYPOINT.
pub const RULE: Rule = Rule {
    name: "multiple-healthcheck",
    aliases: &[
        "hadolint:DL3012",
        "buildkit:MultipleInstructionsDisallowed",
        "trivy:DS-0023",
        "droast:DF041",
    ],
    area: Area::Runtime,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(|stage, cx| repeated::check(Keyword::Healthcheck, stage, cx)),
};
