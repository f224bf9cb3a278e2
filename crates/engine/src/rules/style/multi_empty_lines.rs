//! Several blank lines in a row.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule};
use crate::source::Span;
use crate::syntax::ItemKind;

pub const RULE: Rule = Rule {
    name: "multi-empty-lines",
    aliases: &["tally:no-multiple-empty-lines"],
    area: Area::Style,
    level: Level::Style,
    recommended: false,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let tree = cx.tree;
    for run in
        tree.items.chunk_by(|a, b| (a.kind == ItemKind::Blank) == (b.kind == ItemKind::Blank))
    {
        if let [first, second, .., last] | [first, second @ last] = run
            && first.kind == ItemKind::Blank
        {
            let spare = Span::new(second.extent.start, last.extent.end);
            let edits = vec![Edit::delete(spare)];
            cx.report(spare, "several blank lines stand in a row").safe_fix("Leave one", edits);
        }
    }
}
