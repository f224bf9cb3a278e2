//! A heredoc where COPY or ADD needs its destination.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

pub const RULE: Rule = Rule {
    name: "heredoc-destination",
    aliases: &[],
    area: Area::CopyAdd,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::HeredocDestination]),
};
