//! Names of labels that break the conventions.

use crate::diagnostic::Level;
use crate::model::label::key_problem;
use crate::rules::label::{key, pairs};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "label-key-invalid",
    aliases: &["hadolint:DL3048", "tally:labels/valid-key"],
    area: Area::Labels,
    level: Level::Style,
    recommended: false,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Label], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    for pair in pairs(site.step) {
        let Some(key) = key(pair, site.step, cx) else { continue };
        if let Some(problem) = key_problem(&key) {
            cx.report(pair.key.span, format!("the label `{key}` {problem}"));
        }
    }
}
