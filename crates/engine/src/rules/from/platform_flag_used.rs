//! FROM with a platform.

use crate::diagnostic::Level;
use crate::model::Stage;
use crate::rules::{Area, Check, Context, Rule};

pub const RULE: Rule = Rule {
    name: "platform-flag-used",
    aliases: &["kics:UsingPlatformFlag", "semgrep:avoid-platform-with-from", "droast:DF061"],
    area: Area::From,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let Some(flag) = stage.from.instruction.statement.flag("platform") else { return };
    let span = flag.span;
    let built_there = flag.value.as_ref().is_some_and(|word| word.text.contains("BUILDPLATFORM"));
    if !(built_there && stage.reachable && !stage.shipped) {
        let message = "the platform belongs on the command line that builds the image";
        cx.report(span, message);
    }
}
