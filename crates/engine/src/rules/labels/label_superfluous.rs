//! Labels that the schema does not name.

use crate::diagnostic::Level;
use crate::rules::label::{key, pairs};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::Keyword;

// Shares `droast:DF074` with the other rules of the label schema: droast has one code for all.
pub const RULE: Rule = Rule {
    name: "label-superfluous",
    aliases: &["hadolint:DL3050", "droast:DF074"],
    area: Area::Labels,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Label], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let settings = cx.settings;
    for pair in pairs(site.step).iter().filter(|_| settings.strict_labels) {
        let Some(key) = key(pair, site.step, cx) else { continue };
        if !settings.label_schema.iter().any(|(label, _)| *label == key) {
            cx.report(pair.key.span, format!("the schema has no label `{key}`"));
        }
    }
}
