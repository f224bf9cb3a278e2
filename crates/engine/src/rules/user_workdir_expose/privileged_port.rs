//! A port below 1024 and a user who is not root.

use crate::diagnostic::Level;
use crate::rules::users::is_certainly_not_root;
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "privileged-port",
    aliases: &[],
    area: Area::UserWorkdirExpose,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    let Some(image) = model.final_stage().and_then(|stage| cx.image(stage)) else { return };
    let base = image.base.row().map(|row| row.user);
    let user = image.user.as_ref().map_or(base, |user| user.value.as_deref());
    let Some(user) = user.filter(|user| is_certainly_not_root(user)) else { return };
    for stage in model.stages.iter().filter(|stage| stage.shipped) {
        for step in stage.steps_of(Keyword::Expose) {
            let Body::Expose(words) = step.body() else { continue };
            for word in words {
                let text = step.text(word).unwrap_or_default();
                let port = text.split('/').next().and_then(|port| port.parse::<u16>().ok());
                if let Some(port) = port.filter(|port| (1..1024).contains(port)) {
                    let message = format!(
                        "outside of Docker, `{user}` may not be allowed to listen on {port}"
                    );
                    cx.report(word.span, message);
                }
            }
        }
    }
}
