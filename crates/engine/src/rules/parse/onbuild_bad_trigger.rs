//! ONBUILD with an instruction that it may not hold.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

pub const RULE: Rule = Rule {
    name: "onbuild-bad-trigger",
    aliases: &["hadolint:DL3043", "dockerfile-utils:ONBUILD_TRIGGER_DISALLOWED"],
    area: Area::Parse,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::OnbuildTrigger]),
};
