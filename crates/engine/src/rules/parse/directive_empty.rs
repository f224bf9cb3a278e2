//! Parser directives without a value.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::Directive;

pub const RULE: Rule = Rule {
    name: "directive-empty",
    aliases: &["buddy:ED0005"],
    area: Area::Parse,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    // Where it stands, the directives end.
    let Some(directive) = cx.below_directives(&['=']) else { return };
    if directive.value.is_empty() && Directive::NAMES.contains(&directive.name.as_str()) {
        let message = format!(
            "`{}` has no value, so this is only a comment, and so is every directive below",
            directive.name
        );
        cx.report(directive.span, message);
    }
}
