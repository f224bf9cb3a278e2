//! Parser directives below the top of the file.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::{Directive, Item, ItemKind};
use std::collections::HashSet;

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
    let named = |item: &Item| match &item.kind {
        ItemKind::Directive(directive) => Some(directive.name.clone()),
        _ => None,
    };
    let taken: HashSet<String> = tree.items.iter().map_while(named).collect();
    let start = (text.len() - text.trim_start_matches('\u{feff}').len()) as u32;
    // BuildKit finds `syntax`, and not `escape`, below a line for the system's loader.
    let mut below_loader = text.trim_start_matches('\u{feff}').starts_with("#!");
    for (index, item) in tree.items.iter().enumerate() {
        let comment = Some(item).filter(|item| item.kind == ItemKind::Comment);
        let directive = comment.and_then(|item| Directive::of_comment(text, item.extent, &['=']));
        let directive = directive.filter(|directive| {
            !directive.value.is_empty() && Directive::NAMES.contains(&directive.name.as_str())
        });
        let Some(directive) = directive else {
            below_loader &= index == 0;
            continue;
        };
        let name = directive.name.as_str();
        // `# check=` may stand above an instruction, too.
        if name == "check" || (name == "syntax" && below_loader) {
            continue;
        }
        let message =
            format!("`{name}` is only a comment here: directives stand on top of the file");
        let found = cx.report(directive.span, message);
        if !taken.contains(name) {
            let line = format!("{}\n", directive.span.of(text));
            let edits = vec![Edit::insert(start, line), Edit::delete(item.extent)];
            found.unsafe_fix(
                format!("Move it to the top, where `{name}` changes how the file is read"),
                edits,
            );
        }
    }
}
