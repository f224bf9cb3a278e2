//! A stage name with characters that it may not have.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

pub const RULE: Rule = Rule {
    name: "invalid-stage-name",
    aliases: &["dockerfile-utils:INVALID_BUILD_STAGE_NAME"],
    area: Area::From,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::StageName]),
};
