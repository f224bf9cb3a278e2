//! A final image for the machine that built it.

use crate::diagnostic::Level;
use crate::model::Base;
use crate::rules::{Area, Check, Context, Rule};

pub const RULE: Rule = Rule {
    name: "build-platform-in-final-stage",
    aliases: &[],
    area: Area::From,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let Some(last) = cx.model.final_stage() else { return };
    let starts =
        cx.image(last).is_some_and(|image| image.entrypoint.is_some() || image.cmd.is_some());
    if !starts || last.is_for_development() {
        return;
    }
    let model = cx.model;
    for stage in model.stages.iter().filter(|stage| stage.shipped) {
        let Some(word) = stage.from.instruction.statement.flag_value("platform") else { continue };
        let of_image = matches!(stage.base, Base::Image(_) | Base::Unknown);
        if of_image && matches!(word.text.as_str(), "$BUILDPLATFORM" | "${BUILDPLATFORM}") {
            let message =
                "the final image is for the machine that builds it, whatever platform is asked for";
            let edit = stage.without_platform(cx.text);
            let found = cx.report(word.span, message);
            if let Some(edit) = edit {
                let title = "Remove the flag, so that the platform is the one asked for";
                found.unsafe_fix(title, vec![edit]);
            }
        }
    }
}
