//! chmod of a file that COPY has just put in place.

use crate::diagnostic::Level;
use crate::image::Rewrite;
use crate::model::Stage;
use crate::rules::rewritten::{self, Change};
use crate::rules::{Area, Check, Context, Rule};

pub const RULE: Rule = Rule {
    name: "chmod-after-copy",
    aliases: &["tally:prefer-copy-chmod"],
    area: Area::CopyAdd,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let change = Change {
        program: "chmod",
        what: "mode",
        value: mode,
        caution: ", which holds for all files of a folder",
    };
    rewritten::check(&change, stage, cx);
}

/// Octal modes are the same in both places; a file that becomes a program gets what programs have.
fn mode(text: &str, rewrite: &Rewrite, _: &Stage<'_>, _: &Context<'_, '_>) -> Option<String> {
    let octal = matches!(text.len(), 3 | 4) && text.bytes().all(|byte| matches!(byte, b'0'..=b'7'));
    let mode = match text {
        _ if octal => text,
        "+x" | "a+x" | "ugo+x" | "u+x" | "a+rx" | "+rx" => "755",
        _ => return None,
    };
    (rewrite.exact && !rewrite.recursive).then(|| mode.to_owned())
}
