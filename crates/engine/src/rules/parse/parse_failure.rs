//! What BuildKit refuses to read.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule};

// Shares `hadolint:DL1000` with unknown-instruction: hadolint has one code for all that it cannot read.
pub const RULE: Rule = Rule {
    name: "parse-failure",
    aliases: &["hadolint:DL1000"],
    area: Area::Parse,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    for error in &model.tree.errors {
        cx.report(error.span, error.message.as_str());
    }
    for (_, step) in model.steps() {
        for (span, message) in &step.expansion.errors {
            // hadolint does not expand variables.
            cx.report(*span, message.as_str()).codes(&[]);
        }
    }
}
