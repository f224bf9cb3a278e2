//! More than one ENTRYPOINT in a stage.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule, repeated};
use crate::syntax::Keyword;

// Shares `buildkit:MultipleInstructionsDisallowed` with the rules for CMD and HEALTHCHECK.
// Shares `sonar:S6589` with `multiple-cmd`.
pub const RULE: Rule = Rule {
    name: "multiple-entrypoint",
    aliases: &[
        "hadolint:DL4004",
        "buildkit:MultipleInstructionsDisallowed",
        "trivy:DS-0007",
        "kics:MultipleEntrypoint",
        "semgrep:multiple-entrypoint-instructions",
        "sonar:S6589",
        "slim:ID.20010",
        "droast:DF039",
    ],
    area: Area::Runtime,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(|stage, cx| repeated::check(Keyword::Entrypoint, stage, cx)),
};
