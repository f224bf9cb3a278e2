//! More than one CMD in a stage.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule, repeated};
use crate::syntax::Keyword;

// Shares `buildkit:MultipleInstructionsDisallowed` with the rules for ENTRYPOINT and HEALTHCHECK.
pub const RULE: Rule = Rule {
    name: "multiple-cmd",
    aliases: &[
        "hadolint:DL4003",
        "buildkit:MultipleInstructionsDisallowed",
        "trivy:DS-0016",
        "kics:MultipleCmd",
        "sonar:S6589",
        "slim:ID.20011",
        "dockadvisor:MultipleInstructionsDisallowed",
        "dockerfile-utils:MULTIPLE_INSTRUCTIONS",
        "droast:DF038",
    ],
    area: Area::Runtime,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(|stage, cx| repeated::check(Keyword::Cmd, stage, cx)),
};
