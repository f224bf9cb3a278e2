//! ADD --checksum that cannot be checked.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

pub const RULE: Rule = Rule {
    name: "add-checksum-invalid",
    aliases: &[],
    area: Area::CopyAdd,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::Checksum]),
};
