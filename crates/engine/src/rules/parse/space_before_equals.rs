//! ENV and LABEL with blanks around the `=`.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::source::Span;
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "space-before-equals",
    aliases: &["sonar:S6574"],
    area: Area::Parse,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Env, Keyword::Label], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let (Body::Env(pairs) | Body::Label(pairs)) = site.step.body() else { return };
    for pair in pairs.iter().filter(|pair| pair.is_spaced_equals()) {
        let value = pair.value.text.as_str();
        let message = format!("the value of `{}` is `{value}`, with its `=`", pair.key.text);
        let start = pair.value.span.start;
        let found = cx.report(Span::new(start, start + 1), message);
        let behind = value.get(1..).unwrap_or_default();
        let blanks = (behind.len() - behind.trim_start().len()) as u32;
        // More than one word would have to be quoted, or be pairs of their own.
        if !behind.trim().contains([' ', '\t']) {
            let gap = Span::new(pair.key.span.end, start + 1 + blanks);
            found.unsafe_fix(
                "Remove the blanks around `=`, which changes the value",
                vec![Edit::replace(gap, "=")],
            );
        }
    }
}
