//! Keywords that are no instruction.

use crate::diagnostic::Level;
use crate::refuse::unknown_keyword;
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::{Body, Keyword, RefusalKind};

// Shares `hadolint:DL1000` with the other rules for what hadolint cannot read: it has one code for all.
pub const RULE: Rule = Rule {
    name: "unknown-instruction",
    aliases: &["hadolint:DL1000", "tally:unknown-instruction", "tally:invalid-onbuild-trigger"],
    area: Area::Parse,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for refusal in cx.refusals {
        if refusal.kind == RefusalKind::UnknownInstruction {
            cx.report_refusal(refusal);
        }
    }
    // BuildKit accepts any trigger; the child image is where the build then stops.
    let tree = cx.tree;
    for instruction in tree.instructions() {
        if let Body::Onbuild(trigger) = &instruction.statement.body
            && trigger.keyword == Keyword::Unknown
        {
            cx.report_refusal(&unknown_keyword(&trigger.keyword_word));
        }
    }
}
