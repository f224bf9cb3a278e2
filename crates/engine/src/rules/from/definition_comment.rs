//! Comments above FROM and ARG that do not describe them.

use crate::diagnostic::Level;
use crate::pragma::Pragma;
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule};
use crate::source::Span;
use crate::suggest::lower;
use crate::syntax::{Body, Instruction, Item, ItemKind};

pub const RULE: Rule = Rule {
    name: "definition-comment",
    aliases: &["buildkit:InvalidDefinitionDescription"],
    area: Area::From,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let (tree, text) = (cx.tree, cx.text);
    let as_buildkit = cx.follows(RuleSet::BuildKit);
    if as_buildkit && !tree.items.iter().any(asks_for_it) {
        return;
    }
    let mut comment: Option<Span> = None;
    for item in &tree.items {
        match &item.kind {
            ItemKind::Comment => {
                // `#` alone ends a description; what speaks to a linter is none.
                let described = !body(item.extent, text).is_empty()
                    && (as_buildkit || Pragma::of_comment(text, item.extent).is_none());
                comment = described.then_some(item.extent);
            }
            ItemKind::Instruction(instruction) => {
                if let Some(comment) = comment.take() {
                    above(comment, instruction, cx);
                }
            }
            // BuildKit takes a comment above blank lines for one above the instruction too.
            ItemKind::Blank => comment = comment.filter(|_| as_buildkit),
            ItemKind::Directive(_) => {}
        }
    }
}

fn above(comment: Span, instruction: &Instruction, cx: &mut Context<'_, '_>) {
    let body = body(comment, cx.text);
    let first = body.split(' ').next().unwrap_or_default();
    let name = match &instruction.statement.body {
        Body::From(from) => from.name.as_ref().filter(|name| lower(&name.text) != first),
        Body::Arg(declared) if declared.iter().any(|argument| argument.name.text == first) => None,
        Body::Arg(declared) => declared.first().map(|argument| &argument.name),
        _ => None,
    };
    if let Some(name) = name {
        let message = format!("the comment above does not start with `{}`", name.text);
        cx.report(name.span, message);
    }
}

/// What a comment says, without its `#`.
fn body(extent: Span, text: &str) -> &str {
    let comment = extent.of(text).trim().trim_start_matches('\u{feff}');
    comment.strip_prefix('#').unwrap_or(comment).trim()
}

/// Whether it is `# check=experimental=...` with this check, or with all.
fn asks_for_it(item: &Item) -> bool {
    let ItemKind::Directive(directive) = &item.kind else { return false };
    let mut options = directive.value.split(';').filter_map(|part| part.trim().split_once('='));
    let names = |list: &str| {
        list.split(',').any(|name| matches!(name.trim(), "all" | "InvalidDefinitionDescription"))
    };
    directive.name == "check"
        && options.any(|(key, list)| key.trim() == "experimental" && names(list))
}
