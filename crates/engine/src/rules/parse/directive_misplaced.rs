//! Parser directives below the top of the file.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::{Directive, Item, ItemKind};

pub const RULE: Rule = Rule {
    name: "directive-misplaced",
    aliases: &["buddy:ED0001", "buddy:ED0004"],
    area: Area::Parse,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let (text, tree) = (cx.text, cx.tree);
    let comments = tree.items.iter().filter(|item| item.kind == ItemKind::Comment);
    for item in comments {
        let Some(directive) = Directive::of_comment(text, item.extent, &['=']) else { continue };
        let name = directive.name.as_str();
        // `# check=` may stand above an instruction, too.
        if directive.value.is_empty() || !matches!(name, "syntax" | "escape") {
            continue;
        }
        let message = format!("`{name}` is only a comment here: directives stand on top of the file");
        let found = cx.report(directive.span, message);
        let taken = |item: &Item| matches!(&item.kind, ItemKind::Directive(other) if other.name == name);
        if !tree.items.iter().take_while(|item| matches!(item.kind, ItemKind::Directive(_))).any(taken) {
            let start = (text.len() - text.trim_start_matches('\u{feff}').len()) as u32;
            let line = format!("{}\n", directive.span.of(text));
            let edits = vec![Edit::insert(start, line), Edit::delete(item.extent)];
            found.unsafe_fix(format!("Move it to the top, where `{name}` changes how the file is read"), edits);
        }
    }
}
