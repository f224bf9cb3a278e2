//! RUN --network, --security or --device with a value that BuildKit does not know.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};
use crate::syntax::RefusalKind;

// Shares `hadolint:DL1000` with the other rules for what hadolint cannot read: it has one code for all.
pub const RULE: Rule = Rule {
    name: "run-sandbox-invalid",
    aliases: &["hadolint:DL1000"],
    area: Area::Run,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Refused(&[RefusalKind::RunSandbox]),
};
