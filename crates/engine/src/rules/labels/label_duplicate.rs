//! Labels that are set twice in one stage.

use crate::diagnostic::{Edit, Level};
use crate::model::{Stage, Step};
use crate::rules::label::{key, pairs};
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::Keyword;
use std::collections::HashMap;

pub const RULE: Rule = Rule {
    name: "label-duplicate",
    aliases: &["tally:labels/no-duplicate-keys"],
    area: Area::Labels,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let mut last: HashMap<String, (usize, &Step<'_>)> = HashMap::new();
    for step in stage.steps_of(Keyword::Label) {
        for (index, pair) in pairs(step).iter().enumerate() {
            let Some(key) = key(pair, step, cx) else { continue };
            if let Some((before, of)) = last.insert(key.to_string(), (index, step)) {
                let Some(lost) = pairs(of).get(before) else { continue };
                let message = format!(
                    "the label `{key}` is set again in this stage, and only the last value counts"
                );
                let edit = removal(before, of, cx);
                let found = cx.report(lost.key.span.cover(lost.value.span), message);
                let found = found.related(pair.key.span, "this one counts");
                if let Some(edit) = edit {
                    found.safe_fix("Remove the value that is lost", vec![edit]);
                }
            }
        }
    }
}

/// Takes a pair out of its LABEL, or the whole instruction if there is no other.
fn removal(index: usize, step: &Step<'_>, cx: &Context<'_, '_>) -> Option<Edit> {
    let (pairs, line) = (pairs(step), &step.instruction.line);
    let pair = pairs.get(index)?;
    let mut span = pair.key.span.cover(pair.value.span);
    if pairs.len() < 2 {
        span = cx.extent(step.instruction.span());
    } else if let Some(next) = pairs.get(index + 1) {
        span.end = next.key.span.start;
    } else {
        span.start = pairs.get(index.checked_sub(1)?)?.value.span.end;
    }
    (!line.has_comment_in(span)).then(|| Edit::delete(span))
}
