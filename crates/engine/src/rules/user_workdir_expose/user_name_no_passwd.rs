//! Names of users and groups in an image that has no list of them.

use crate::diagnostic::{Level, Spoils};
use crate::model::Stage;
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::Body;

pub const RULE: Rule = Rule {
    name: "user-name-no-passwd",
    aliases: &["tally:named-identity-in-passwdless-stage"],
    area: Area::UserWorkdirExpose,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(Spoils::Start, &Check::Stage(check)),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let Some(image) = cx.image(stage) else { return };
    for step in &stage.steps {
        if let Body::User(word) = step.body()
            && let Some(name) = step.text(word).and_then(|text| image.accounts.lacks(text))
        {
            let message = format!("no user or group `{name}` is in this image, so it cannot start");
            cx.report(word.span, message);
        }
        if let Some(word) = step.instruction.statement.flag_value("chown")
            && let Some(name) = step.text(word).and_then(|text| image.accounts.lacks(text))
            && name != "root"
        {
            let message = format!("no user or group `{name}` is in this image, so root gets it");
            cx.report(word.span, message).level(Level::Warning).spoils(None);
        }
    }
}
