//! LABEL right behind LABEL.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule};
use crate::source::Span;
use crate::syntax::instruction::KeyValue;
use crate::syntax::{Body, Instruction, Item, ItemKind};

pub const RULE: Rule = Rule {
    name: "label-group",
    aliases: &["tally:labels/prefer-grouped"],
    area: Area::Labels,
    level: Level::Style,
    recommended: false,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let tree = cx.tree;
    let labels = tree.items.iter().map(label);
    for (one, next) in labels.clone().zip(labels.skip(1)) {
        let (Some((one, _)), Some((instruction, first))) = (one, next) else { continue };
        let gap = Span::new(one.span().end, first.key.span.start);
        let join = format!(" {}\n      ", tree.escape);
        let word = &instruction.statement.keyword_word;
        cx.report(word.span, "this LABEL stands right behind another one")
            .safe_fix("Make one LABEL of both", vec![Edit::replace(gap, join)]);
    }
}

/// A LABEL with `name=value` pairs that ends where its last pair does, and the first pair.
fn label(item: &Item) -> Option<(&Instruction, &KeyValue)> {
    let ItemKind::Instruction(instruction) = &item.kind else { return None };
    let Body::Label(pairs) = &instruction.statement.body else { return None };
    let (first, last) = (pairs.first()?, pairs.last()?);
    let end = last.key.span.end.max(last.value.span.end);
    (!first.legacy && end == instruction.span().end).then_some((&**instruction, first))
}
