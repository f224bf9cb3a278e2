//! A program that runs as root and keeps data in a volume.

use crate::diagnostic::Level;
use crate::image::BaseFacts;
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "stateful-root",
    aliases: &["tally:stateful-root-runtime"],
    area: Area::UserWorkdirExpose,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    let Some(image) = model.final_stage().and_then(|stage| cx.image(stage)) else { return };
    let user = match (&image.user, image.base) {
        (Some(user), _) => user.value.as_deref(),
        (None, BaseFacts::Scratch) => Some("root"),
        (None, BaseFacts::Known(found)) => Some(found.image.user),
        (None, BaseFacts::Unknown) => None,
    };
    let name = user.and_then(|user| user.split(':').next());
    if !matches!(name, Some("root" | "0")) {
        return;
    }
    for stage in model.stages.iter().filter(|stage| stage.shipped) {
        for step in stage.steps_of(Keyword::Volume) {
            let Body::Volume(words) = step.body() else { continue };
            for word in words {
                let message =
                    format!("what is kept in `{}` belongs to root, on the host too", word.text);
                cx.report(word.span, message);
            }
        }
    }
}
