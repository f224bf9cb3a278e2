//! Several blanks in a row between words.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::layout::wide_gaps;

pub const RULE: Rule = Rule {
    name: "multi-spaces",
    aliases: &["tally:no-multi-spaces"],
    area: Area::Style,
    level: Level::Style,
    recommended: false,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let (text, model) = (cx.text, cx.model);
    let (mut words, mut gaps) = (Vec::new(), Vec::new());
    for (_, step) in model.steps() {
        wide_gaps(step.instruction, &step.script, &mut words, &mut gaps);
        for gap in gaps.drain(..) {
            if gap.of(text).bytes().all(|byte| matches!(byte, b' ' | b'\t')) {
                let edits = vec![Edit::replace(gap, " ")];
                cx.report(gap, "several blanks stand in a row").safe_fix("Leave one", edits);
            }
        }
    }
}
