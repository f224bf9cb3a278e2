//! Instructions before the first FROM.

use crate::diagnostic::Level;
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::Keyword;

// Shares `hadolint:DL3061` with no-stage, which speaks where there is no FROM at all.
pub const RULE: Rule = Rule {
    name: "instruction-before-from",
    aliases: &["hadolint:DL3061"],
    area: Area::Parse,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    let reported = match (model.fragment, cx.follows(RuleSet::Hadolint)) {
        (false, _) => 0,
        // no-stage has spoken of the first one; hadolint speaks of each.
        (true, true) => 1,
        (true, false) => return,
    };
    for instruction in model.misplaced.iter().skip(reported) {
        let statement = &instruction.statement;
        match statement.keyword {
            Keyword::Unknown => {
                if Keyword::nearest(&statement.keyword_word.text) == Some(Keyword::From) {
                    // What follows belongs to the stage that is meant.
                    return;
                }
            }
            Keyword::Arg => {}
            keyword => {
                let message =
                    format!("{} stands before the first FROM, where only ARG may", keyword.name());
                cx.report(statement.keyword_word.span, message);
            }
        }
    }
}
