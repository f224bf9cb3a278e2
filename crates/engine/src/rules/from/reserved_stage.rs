//! Stages with a name that means something else.

use crate::diagnostic::Level;
use crate::model::Stage;
use crate::rules::{Area, Check, Context, Rule};

pub const RULE: Rule = Rule {
    name: "reserved-stage",
    aliases: &[
        "hadolint:DL3063",
        "buildkit:ReservedStageName",
        "dockadvisor:ReservedStageName",
        "droast:DF084",
    ],
    area: Area::From,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let Some(word) = stage.from_view().and_then(|view| view.name.as_ref()) else { return };
    let meaning = match stage.name.as_deref() {
        Some("scratch") => "the empty image",
        Some("context") => "the build context",
        _ => return,
    };
    let message = format!("`{}` is the name of {meaning}", word.text);
    let found = cx.report(word.span, message);
    // hadolint compares letter for letter.
    if stage.name.as_deref() != Some(word.text.as_str()) {
        found.codes(&["ReservedStageName"]);
    }
}
