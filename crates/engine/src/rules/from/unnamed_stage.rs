//! Stages that others use by their number.

use crate::diagnostic::{Edit, Level};
use crate::model::{Stage, UseTarget};
use crate::rules::{Area, Check, Context, Rule};

pub const RULE: Rule = Rule {
    name: "unnamed-stage",
    aliases: &["droast:DF023"],
    area: Area::From,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let model = cx.model;
    for used in &stage.uses {
        let UseTarget::Stage(index) = used.target else { continue };
        let Some(source) = model.stages.get(index) else { continue };
        if used.text.parse() != Ok(index) {
            continue;
        }
        match &source.name {
            Some(name) => {
                let message = format!(
                    "stage {index} has a name, `{name}`, which does not change with the order"
                );
                let edit = Edit::replace(used.span, name.as_str());
                cx.report(used.span, message).safe_fix(format!("Write `{name}`"), vec![edit]);
            }
            None => {
                let message = format!("stage {index} is another one after the next FROM above it");
                let found = cx.report(used.span, message);
                found.related(source.base_span(), "this stage has no name");
            }
        }
    }
}
