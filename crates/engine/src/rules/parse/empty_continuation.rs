//! Blank lines inside an instruction.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule};

pub const RULE: Rule = Rule {
    name: "empty-continuation",
    aliases: &[
        "buildkit:NoEmptyContinuation",
        "dockadvisor:NoEmptyContinuation",
        "dockerfile-utils:EMPTY_CONTINUATION_LINE",
    ],
    area: Area::Parse,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let tree = cx.tree;
    for instruction in tree.instructions() {
        let blank = &instruction.line.empty_lines;
        let Some(first) = blank.first() else { continue };
        let edits = blank.iter().map(|span| Edit::delete(cx.whole_lines(*span))).collect();
        let place = cx.whole_lines(*first);
        let message = format!(
            "a blank line stands inside this {}; BuildKit skips it now and will refuse it one day",
            instruction.statement.keyword_word.text
        );
        cx.report(place, message).safe_fix("Remove the blank lines inside", edits);
    }
}
