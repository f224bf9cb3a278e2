//! Labels of the schema without a value.

use crate::diagnostic::Level;
use crate::rules::label::{key, pairs, value};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::Keyword;

// Shares `droast:DF074` with the other rules of the label schema: droast has one code for all.
pub const RULE: Rule = Rule {
    name: "label-empty",
    aliases: &["hadolint:DL3051", "dockerlint:label_no_empty_value", "droast:DF074"],
    area: Area::Labels,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Label], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let schema = &cx.settings.label_schema;
    for pair in pairs(site.step) {
        let Some(key) = key(pair, site.step, cx) else { continue };
        let wanted = schema.iter().any(|(label, _)| *label == key);
        if wanted && value(pair, site.step, cx).is_some_and(|value| value.is_empty()) {
            cx.report(pair.key.span.cover(pair.value.span), format!("the label `{key}` is empty"));
        }
    }
}
