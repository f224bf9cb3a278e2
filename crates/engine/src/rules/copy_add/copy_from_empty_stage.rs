//! COPY --from a stage that holds nothing.

use crate::diagnostic::Level;
use crate::model::{Base, Stage, UseKind, UseTarget};
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::Body;

pub const RULE: Rule = Rule {
    name: "copy-from-empty-stage",
    aliases: &["tally:copy-from-empty-scratch-stage"],
    area: Area::CopyAdd,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    let mut empty: Vec<bool> = Vec::new();
    for stage in &model.stages {
        let uses = stage.uses.iter().filter(|used| used.kind == UseKind::Copy);
        for used in uses {
            let UseTarget::Stage(index) = used.target else { continue };
            let is_empty = empty.get(index).copied().unwrap_or_default();
            if is_empty && names_a_file(stage, used.step) {
                let message = format!("there is no file in the stage `{}`", used.text);
                cx.report(used.span, message);
            }
        }
        // Another value of a variable may choose another base.
        let chosen = stage.from_view().is_some_and(|view| view.image.text.contains('$'));
        let below = match stage.base {
            _ if chosen => false,
            Base::Scratch => true,
            Base::Stage(parent) => empty.get(parent).copied().unwrap_or_default(),
            _ => false,
        };
        empty.push(below && adds_nothing(stage));
    }
}

/// Whether something else is copied than the root, which is there in each image.
fn names_a_file(stage: &Stage<'_>, step: usize) -> bool {
    let Some(Body::Copy(copy)) = stage.steps.get(step).map(|step| step.body()) else {
        return false;
    };
    copy.sources.iter().any(|source| !source.is_whole_context())
}

/// WORKDIR makes a folder, and ONBUILD does nothing here.
fn adds_nothing(stage: &Stage<'_>) -> bool {
    let adds = |body: &Body| {
        matches!(
            body,
            Body::Run(_) | Body::Copy(_) | Body::Add(_) | Body::Workdir(_) | Body::Malformed
        )
    };
    !stage.steps.iter().any(|step| adds(step.body()))
}
