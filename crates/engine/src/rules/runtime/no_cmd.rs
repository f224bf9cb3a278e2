//! An image that says not what to start.

use crate::catalog::Start;
use crate::diagnostic::Level;
use crate::image::BaseFacts;
use crate::rules::{Area, Check, Context, Rule};

pub const RULE: Rule = Rule {
    name: "no-cmd",
    aliases: &["droast:DF036", "dockerfile_lint:required_CMD"],
    area: Area::Runtime,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let Some(stage) = cx.model.final_stage() else { return };
    let Some(image) = cx.image(stage) else { return };
    if image.entrypoint.is_some() || image.cmd.is_some() {
        return;
    }
    let message = match image.base {
        BaseFacts::Scratch => "neither CMD nor ENTRYPOINT says what `docker run` starts",
        BaseFacts::Known(found) => match found.image.start {
            Start::Nothing => "neither CMD nor ENTRYPOINT says what `docker run` starts",
            Start::Shell => "without CMD or ENTRYPOINT, `docker run` starts the shell of the base",
            Start::Interpreter | Start::Service => return,
        },
        BaseFacts::Unknown => return,
    };
    cx.report(stage.base_span(), message);
}
