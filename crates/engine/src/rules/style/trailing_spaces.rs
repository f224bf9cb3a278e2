//! Blanks at the ends of lines.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::layout::trailing_blanks;

pub const RULE: Rule = Rule {
    name: "trailing-spaces",
    aliases: &["tally:no-trailing-spaces", "dockerlint:no_trailing_spaces"],
    area: Area::Style,
    level: Level::Style,
    recommended: false,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for span in trailing_blanks(cx.text, cx.lines, cx.tree) {
        cx.report(span, "this line ends in blanks")
            .safe_fix("Remove them", vec![Edit::delete(span)]);
    }
}
