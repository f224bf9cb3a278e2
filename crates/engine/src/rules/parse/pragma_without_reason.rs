//! Comments that silence rules and do not say why.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule};

pub const RULE: Rule = Rule {
    name: "pragma-without-reason",
    aliases: &[],
    area: Area::Parse,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for (pragma, span) in cx.pragmas {
        if !pragma.names.is_empty() && !pragma.has_remark && !cx.has_remark_beside(span.start) {
            cx.report(*span, "this comment silences rules and does not say why");
        }
    }
}
