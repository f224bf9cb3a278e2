//! Images of many layers.

use crate::diagnostic::Level;
use crate::model::{Stage, Step};
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "too-many-layers",
    aliases: &["slim:ID.20020"],
    area: Area::Run,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::File(check),
};

/// More layers of its own than this, and an image is worth a second look.
const MANY: usize = 20;

fn check(cx: &mut Context<'_, '_>) {
    let makes_layer =
        |step: &&Step<'_>| matches!(step.keyword(), Keyword::Run | Keyword::Copy | Keyword::Add);
    let model = cx.model;
    let shipped = model.stages.iter().filter(|stage: &&Stage<'_>| stage.shipped);
    let layers: Vec<&Step<'_>> =
        shipped.flat_map(|stage| &stage.steps).filter(makes_layer).collect();
    if let Some(first) = layers.get(MANY) {
        let span = first.instruction.statement.keyword_word.span;
        let message = format!(
            "{} layers on top of the base image; from here on it is more than {MANY}",
            layers.len()
        );
        cx.report(span, message);
    }
}
