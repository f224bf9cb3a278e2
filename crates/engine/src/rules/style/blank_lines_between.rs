//! Stages that no blank line sets apart.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::{ItemKind, Keyword};

pub const RULE: Rule = Rule {
    name: "blank-lines-between",
    aliases: &["tally:newline-between-instructions"],
    area: Area::Style,
    level: Level::Style,
    recommended: false,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let tree = cx.tree;
    // Stages of one line, which only name an image, may stand together.
    let mut after_body = false;
    // The first of the comments right above, and whether a blank line stands above those.
    let (mut top, mut apart) = (None, true);
    for item in &tree.items {
        match &item.kind {
            ItemKind::Blank => (top, apart) = (None, true),
            ItemKind::Comment => top = top.or(Some(item.extent.start)),
            ItemKind::Directive(_) => {}
            ItemKind::Instruction(instruction) => {
                let word = &instruction.statement.keyword_word;
                if instruction.statement.keyword == Keyword::From && after_body && !apart {
                    let edits = vec![Edit::insert(top.unwrap_or(item.extent.start), "\n")];
                    cx.report(word.span, "no blank line sets this stage apart")
                        .safe_fix("Add a blank line", edits);
                }
                after_body = !matches!(instruction.statement.keyword, Keyword::From | Keyword::Arg);
                (top, apart) = (None, false);
            }
        }
    }
}
