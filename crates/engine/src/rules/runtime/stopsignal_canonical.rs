//! STOPSIGNAL by number or in an unusual spelling.

use crate::diagnostic::{Edit, Level};
use crate::refuse::usual_signal;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "stopsignal-canonical",
    aliases: &["tally:prefer-canonical-stopsignal"],
    area: Area::Runtime,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Stopsignal], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Body::Stopsignal(word) = site.step.body() else { return };
    let Some(usual) = usual_signal(&word.text).filter(|usual| *usual != *word.text) else { return };
    let message = format!("`{}` is usually written `{usual}`", word.text);
    let edit = Edit::replace(word.span, usual.as_str());
    cx.report(word.span, message).safe_fix(format!("Write `{usual}`"), vec![edit]);
}
