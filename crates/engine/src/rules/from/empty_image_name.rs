//! FROM with an image whose name is empty.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

pub const RULE: Rule = Rule {
    name: "empty-image-name",
    aliases: &["dockerfile-utils:BASE_NAME_EMPTY"],
    area: Area::From,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::EmptyImage]),
};
