//! Instructions that are indented in another way than most.

use crate::diagnostic::{Edit, Level};
use crate::model::Step;
use crate::rules::{Area, Check, Context, Rule};
use crate::source::Span;
use std::cmp::Reverse;
use std::collections::HashMap;

pub const RULE: Rule = Rule {
    name: "indentation",
    aliases: &[],
    area: Area::Style,
    level: Level::Style,
    recommended: false,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let (text, model) = (cx.text, cx.model);
    let indent = |step: &Step<'_>| {
        let start = step.instruction.span().start;
        Span::new(cx.lines.line_start(step.instruction.start_line()), start)
    };
    let places = || model.stages.iter().flat_map(|stage| &stage.steps).map(indent);
    let froms = || {
        let written = model.stages.iter().filter(|_| !model.fragment);
        written.map(|stage| indent(&stage.from))
    };
    if places().chain(froms()).all(Span::is_empty) {
        return;
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for place in places() {
        *counts.entry(place.of(text)).or_default() += 1;
    }
    // The usual one; of two as usual, the shorter one.
    let usual =
        counts.iter().max_by_key(|(indent, count)| (**count, Reverse(indent.len()), **indent));
    let Some((usual, _)) = usual else { return };
    let froms = froms().map(|place| (place, ""));
    let steps = places().map(|place| (place, *usual));
    for (place, wanted) in steps.chain(froms) {
        if place.of(text) != wanted {
            let edits = vec![Edit::replace(place, wanted)];
            cx.report(place, "this line is indented in another way than most")
                .safe_fix("Indent it like the others", edits);
        }
    }
}
