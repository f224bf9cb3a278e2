//! VOLUME with an empty path.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

pub const RULE: Rule = Rule {
    name: "volume-empty",
    aliases: &[],
    area: Area::UserWorkdirExpose,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::EmptyVolume]),
};
