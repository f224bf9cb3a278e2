//! COPY of a URL or a Git repository.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

pub const RULE: Rule = Rule {
    name: "copy-remote-source",
    aliases: &[],
    area: Area::CopyAdd,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::CopyRemote]),
};
