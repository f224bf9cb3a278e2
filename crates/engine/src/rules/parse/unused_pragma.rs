//! Comments that silence a rule which has nothing to say there.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Silencer};
use crate::suggest::nearest;

pub const RULE: Rule = Rule {
    name: "unused-pragma",
    aliases: &["droast:DF072"],
    area: Area::Parse,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::Unused(check),
};

fn check(silencer: &Silencer, known: bool, cx: &mut Context<'_, '_>) {
    let name = &silencer.name;
    let text = name.text.as_str();
    if known {
        let message = format!("`{text}` has nothing to silence here");
        let edit = Edit::delete(silencer.removal);
        cx.report(name.span, message).safe_fix("Remove it", vec![edit]);
        return;
    }
    match nearest(text, crate::rules::all().iter().map(|rule| rule.name)) {
        Some(meant) => {
            let message = format!("no rule is called `{text}`; did you mean `{meant}`?");
            let title = format!("Write `{meant}`, if that is what you mean");
            cx.report(name.span, message).unsafe_fix(title, vec![Edit::replace(name.span, meant)]);
        }
        None => {
            cx.report(name.span, format!("no rule is called `{text}`, so this silences nothing"));
        }
    }
}
