//! An image that names no port.

use crate::catalog::Start;
use crate::diagnostic::Level;
use crate::image::BaseFacts;
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "no-expose",
    aliases: &["dockerfile_lint:required_EXPOSE", "droast:DF022"],
    area: Area::UserWorkdirExpose,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    let Some(last) = model.final_stage().filter(|_| !model.fragment) else { return };
    let mut shipped = model.stages.iter().filter(|stage| stage.shipped);
    let Some(image) = cx.image(last) else { return };
    // Services such as nginx bring their EXPOSE along, and of an unknown base nobody knows.
    let inherits = match image.base {
        BaseFacts::Scratch => false,
        BaseFacts::Known(found) => found.image.start == Start::Service,
        BaseFacts::Unknown => true,
    };
    if inherits || shipped.any(|stage| stage.steps_of(Keyword::Expose).next().is_some()) {
        return;
    }
    cx.report(last.base_span(), "no EXPOSE says on which port the program listens");
}
