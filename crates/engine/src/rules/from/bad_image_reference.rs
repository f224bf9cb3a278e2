//! A name of an image that breaks the grammar.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

pub const RULE: Rule = Rule {
    name: "bad-image-reference",
    aliases: &["dockerfile-utils:INVALID_REFERENCE_FORMAT"],
    area: Area::From,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::ImageReference]),
};
