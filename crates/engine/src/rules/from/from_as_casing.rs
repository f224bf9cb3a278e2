//! `FROM ... as ...`: two keywords in different case.

use crate::diagnostic::{Edit, Level};
use crate::model::Stage;
use crate::rules::{Area, Check, Context, Rule};

pub const RULE: Rule = Rule {
    name: "from-as-casing",
    aliases: &["buildkit:FromAsCasing"],
    area: Area::From,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let Some(view) = stage.from_view() else { return };
    let (Some(word), Some(_)) = (&view.as_word, &view.name) else { return };
    let from = &stage.from.instruction.statement.keyword_word.text;
    let wanted = match from.as_str() {
        "FROM" => "AS",
        "from" => "as",
        // A keyword in mixed case is another rule's business.
        _ => return,
    };
    if word.text != wanted {
        let message = format!("`{}` is not written like `{from}`", word.text);
        let edits = vec![Edit::replace(word.span, wanted)];
        cx.report(word.span, message).safe_fix(format!("Write `{wanted}`"), edits);
    }
}
