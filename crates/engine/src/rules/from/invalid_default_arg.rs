//! FROM that works only with a build argument.

use crate::diagnostic::Level;
use crate::model::Stage;
use crate::refuse::is_reference;
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule};

pub const RULE: Rule = Rule {
    name: "invalid-default-arg",
    aliases: &["buildkit:InvalidDefaultArgInFrom", "dockadvisor:InvalidDefaultArgInFrom"],
    area: Area::From,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let Some(from) = stage.from_view() else { return };
    // With a value that is known, an invalid name is an error of its own, which BuildKit counts too.
    let open = stage.from.text(&from.image).is_none();
    if !open && !cx.follows(RuleSet::BuildKit) {
        return;
    }
    let Some(image) = stage.default_base.as_deref().filter(|image| !is_reference(image)) else {
        return;
    };
    let message = match image {
        "" => format!("`{}` names no image without a build argument", from.image.text),
        _ => format!("without a build argument this is `{image}`, which names no image"),
    };
    cx.report(from.image.span, message);
}
