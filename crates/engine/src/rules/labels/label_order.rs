//! Labels of one LABEL out of order.

use crate::diagnostic::{Edit, Level};
use crate::order;
use crate::rules::label::pairs;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::Keyword;
use crate::syntax::instruction::KeyValue;

pub const RULE: Rule = Rule {
    name: "label-order",
    aliases: &[],
    area: Area::Labels,
    level: Level::Style,
    recommended: false,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Label], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let pairs = pairs(site.step);
    let names: Vec<&str> = pairs.iter().map(|pair| pair.key.text.as_str()).collect();
    let Some(late) = names.windows(2).position(|pair| matches!(pair, [one, next] if one > next))
    else {
        return;
    };
    let Some(pair) = pairs.get(late + 1) else { return };
    let mut sorted: Vec<&KeyValue> = pairs.iter().collect();
    order::by_text(&mut sorted, |pair| pair.key.text.as_str());
    let place = |pair: &KeyValue| pair.key.span.cover(pair.value.span);
    let text = cx.text;
    let edits = pairs.iter().zip(&sorted).filter(|(old, new)| old.key.span != new.key.span);
    let edits: Vec<Edit> =
        edits.map(|(old, new)| Edit::replace(place(old), place(new).of(text))).collect();
    let doubled =
        sorted.windows(2).any(|pair| matches!(pair, [one, next] if one.key.text == next.key.text));
    let message = format!("the label `{}` stands out of order", pair.key.text);
    let found = cx.report(pair.key.span, message);
    // Of two alike the last one counts, and a remark belongs to its label.
    if !doubled && site.step.instruction.line.comments.is_empty() {
        found.safe_fix("Sort the labels", edits);
    }
}
