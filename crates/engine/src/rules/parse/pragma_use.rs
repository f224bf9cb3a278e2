//! Comments that silence rules.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule};

pub const RULE: Rule = Rule {
    name: "pragma-use",
    aliases: &["hadolint:DL1001"],
    area: Area::Parse,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for (pragma, span) in cx.pragmas {
        if pragma.names.is_empty() {
            continue;
        }
        let found = cx.report(*span, "this comment silences rules");
        if !pragma.hadolint_obeys {
            found.codes(&[]);
        }
    }
}
