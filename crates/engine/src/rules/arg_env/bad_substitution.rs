//! A `${...}` that BuildKit cannot read.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

pub const RULE: Rule = Rule {
    name: "bad-substitution",
    aliases: &["dockerfile-utils:UNSUPPORTED_MODIFIER"],
    area: Area::ArgEnv,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::Substitution]),
};
