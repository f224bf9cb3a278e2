//! Files that belong to the user with whom the program runs.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "chown-flag",
    aliases: &["kics:ChownFlagExists", "sonar:S6504"],
    area: Area::CopyAdd,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    let Some(stage) = model.final_stage() else { return };
    let user = cx.image(stage).and_then(|image| image.user.as_ref());
    let Some(user) = user.and_then(|user| user.value.as_deref()).and_then(name) else { return };
    for stage in model.stages.iter().filter(|stage| stage.shipped) {
        for step in stage.steps_of(Keyword::Copy).chain(stage.steps_of(Keyword::Add)) {
            let flag = step.instruction.statement.flag("chown");
            let Some((flag, owner)) = flag.and_then(|flag| Some((flag, flag.value.as_ref()?)))
            else {
                continue;
            };
            if step.text(owner).and_then(name) == Some(user) {
                let message = format!("`{user}` runs the program, and may change these files");
                let edit = cx.removal(flag);
                let title = format!("Leave them to root, so that `{user}` can only read them");
                cx.report(flag.span, message).unsafe_fix(title, vec![edit]);
            }
        }
    }
}

/// The user without the group; `None` for root, who may change everything anyway.
fn name(user: &str) -> Option<&str> {
    user.split(':').next().filter(|name| !matches!(*name, "" | "root" | "0"))
}
