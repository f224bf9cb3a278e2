//! Parser directives with capital letters.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::ItemKind;

pub const RULE: Rule = Rule {
    name: "directive-casing",
    aliases: &["dockerfile-utils:CASING_DIRECTIVE"],
    area: Area::Parse,
    level: Level::Style,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let (text, tree) = (cx.text, cx.tree);
    for item in &tree.items {
        let ItemKind::Directive(directive) = &item.kind else { break };
        let written = directive.name_span.of(text);
        if written != directive.name {
            let message = format!("the directive `{written}` has capital letters");
            let edits = vec![Edit::replace(directive.name_span, directive.name.as_str())];
            cx.report(directive.name_span, message)
                .safe_fix(format!("Write `{}`", directive.name), edits);
        }
    }
}
