//! Files whose last line has no end.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule};
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "eol-last",
    aliases: &["tally:eol-last"],
    area: Area::Style,
    level: Level::Style,
    recommended: false,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let text = cx.text;
    if text.is_empty() || text.ends_with('\n') {
        return;
    }
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let end = text.len() as u32;
    let edits = vec![Edit::insert(end, line_end)];
    cx.report(Span::at(end), "the last line has no end").safe_fix("Add a line end", edits);
}
