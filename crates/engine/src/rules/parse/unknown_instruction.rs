//! Keywords that are no instruction.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::{Body, Keyword, Word};

// Shares `hadolint:DL1000` with parse-failure: hadolint has one code for all that it cannot read.
pub const RULE: Rule = Rule {
    name: "unknown-instruction",
    aliases: &["hadolint:DL1000", "tally:unknown-instruction"],
    area: Area::Parse,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let tree = cx.tree;
    for instruction in tree.instructions() {
        let statement = &instruction.statement;
        match &statement.body {
            _ if statement.keyword == Keyword::Unknown => report(&statement.keyword_word, cx),
            Body::Onbuild(trigger) if trigger.keyword == Keyword::Unknown => {
                report(&trigger.keyword_word, cx);
            }
            _ => {}
        }
    }
}

fn report(word: &Word, cx: &mut Context<'_, '_>) {
    let message = format!("`{}` is not an instruction", word.text);
    let Some(known) = Keyword::nearest(&word.text) else {
        cx.report(word.span, message);
        return;
    };
    let lower = word.text.chars().all(|ch| !ch.is_uppercase());
    let name = if lower { known.name().to_lowercase() } else { known.name().to_owned() };
    let message = format!("{message}; did you mean `{name}`?");
    let edits = vec![Edit::replace(word.span, name.as_str())];
    cx.report(word.span, message)
        .unsafe_fix(format!("Write `{name}`, if that is what you mean"), edits);
}
