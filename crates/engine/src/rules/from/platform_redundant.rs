//! `FROM --platform=$TARGETPLATFORM`, which is so anyway.

use crate::diagnostic::Level;
use crate::model::Stage;
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule};

pub const RULE: Rule = Rule {
    name: "platform-redundant",
    aliases: &[
        "hadolint:DL3065",
        "buildkit:RedundantTargetPlatform",
        "dockadvisor:RedundantTargetPlatform",
        "droast:DF083",
    ],
    area: Area::From,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

const TARGET: &str = "TARGETPLATFORM";

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let Some(flag) = stage.from.instruction.statement.flag("platform") else { return };
    let Some(word) = &flag.value else { return };
    // hadolint compares what is written, quotes included.
    let quoted = flag.span.len() as usize != flag.text.len();
    let to_hadolint =
        !quoted && matches!(word.text.as_str(), "$TARGETPLATFORM" | "${TARGETPLATFORM}");
    let mut uses = stage.from.expansion.uses.iter().filter(|used| word.span.contains(used.span));
    let only = uses.all(|used| used.name == TARGET && used.defined);
    let target = cx.model.global_scope.value(TARGET);
    let to_buildkit = only && word.text.contains(TARGET) && target == stage.from.text(word);
    if !(to_hadolint || to_buildkit) {
        return;
    }
    // With an ARG of that name, the variable may say something else.
    let changed = cx.model.globals.iter().any(|step| step.names().any(|name| name.text == TARGET));
    let as_peer = cx.follows(RuleSet::Hadolint) || cx.follows(RuleSet::BuildKit);
    if changed && !as_peer {
        return;
    }
    let message = "a stage is for `$TARGETPLATFORM` anyway";
    let edit = stage.without_platform(cx.text).filter(|_| !changed);
    let found = cx.report(word.span, message).said_by(to_hadolint, to_buildkit);
    if let Some(edit) = edit {
        found.safe_fix("Remove the flag", vec![edit]);
    }
}
