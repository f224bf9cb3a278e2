//! A file without any instruction.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule};
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "empty-file",
    aliases: &["tally:require-stages", "slim:ID.20001"],
    area: Area::Parse,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    if cx.tree.instructions().next().is_none() {
        cx.report(Span::at(0), "the file has no instruction, so there is nothing to build");
    }
}
