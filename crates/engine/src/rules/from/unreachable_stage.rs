//! Stages that no build can want.

use crate::diagnostic::Level;
use crate::model::Stage;
use crate::rules::{Area, Check, Context, Rule};

pub const RULE: Rule = Rule {
    name: "unreachable-stage",
    aliases: &["tally:no-unreachable-stages"],
    area: Area::From,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    // A stage with a name may be built by itself, with `--target`.
    if !stage.reachable && stage.name.is_none() {
        let message =
            "the final image needs nothing of this stage, and it has no name to build it by";
        cx.report(stage.base_span(), message);
    }
}
