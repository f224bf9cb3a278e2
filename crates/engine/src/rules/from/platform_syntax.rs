//! A platform that is none.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

pub const RULE: Rule = Rule {
    name: "platform-syntax",
    aliases: &["dockadvisor:FromInvalidPlatform"],
    area: Area::From,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::Platform]),
};
