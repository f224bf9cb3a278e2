//! Stages with a FROM and nothing else.

use crate::diagnostic::Level;
use crate::model::{Base, Stage};
use crate::rules::{Area, Check, Context, Rule};

pub const RULE: Rule = Rule {
    name: "empty-stage",
    aliases: &["slim:ID.20003"],
    area: Area::Parse,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let is_final = stage.index + 1 == cx.model.stages.len();
    if cx.model.fragment || !stage.steps.is_empty() {
        return;
    }
    // A name for an image, or for another stage, has its use.
    let message = match (is_final, stage.reachable, &stage.base) {
        (true, _, Base::Image(_)) => "the final stage adds nothing to its base",
        (true, _, Base::Scratch) => "the final image is empty",
        (false, false, _) => "this stage is empty, and nothing here uses it",
        _ => return,
    };
    cx.report(stage.base_span(), message);
}
