//! Files with more lines than the settings allow.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule};
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "max-lines",
    aliases: &["tally:max-lines"],
    area: Area::Parse,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let Some(limit) = cx.settings.max_lines else { return };
    let ends_in_newline = cx.text.ends_with('\n');
    let lines = cx.lines.len() as u32 - u32::from(ends_in_newline);
    if lines > limit {
        let span = Span::new(cx.lines.line_start(limit + 1), cx.lines.line_start(limit + 2));
        cx.report(span, format!("the file has {lines} lines, and the settings allow {limit}"));
    }
}
