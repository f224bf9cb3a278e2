//! FROM for a platform that is written out.

use crate::diagnostic::Level;
use crate::model::Stage;
use crate::refuse::{is_platform, normalized};
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::Word;

pub const RULE: Rule = Rule {
    name: "platform-constant",
    aliases: &[
        "hadolint:DL3029",
        "buildkit:FromPlatformFlagConstDisallowed",
        "dockadvisor:FromPlatformFlagConstDisallowed",
    ],
    area: Area::From,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let Some(flag) = stage.from.instruction.statement.flag("platform") else { return };
    let Some(word) = &flag.value else { return };
    let to_hadolint = !["BUILDPLATFORM", "TARGETPLATFORM"].iter().any(|it| word.text.contains(it));
    let constant = is_constant(stage, word, cx);
    let as_peer = cx.follows(RuleSet::Hadolint) || cx.follows(RuleSet::BuildKit);
    // What a tool runs on while it builds is nobody's business but its own.
    if !(constant || to_hadolint) || !(as_peer || (constant && stage.shipped)) {
        return;
    }
    let message = format!("this stage is for `{}` whatever platform is asked for", word.text);
    let edit = stage.without_platform(cx.text);
    let mut found = cx.report(word.span, message).said_by(to_hadolint, constant);
    if !as_peer {
        found = found.level(Level::Info);
    }
    if let Some(edit) = edit {
        found.unsafe_fix("Remove the flag, so that the platform is the one asked for", vec![edit]);
    }
}

/// Whether nothing of the platform comes from a variable, and the name of the stage does not tell
/// that it is meant.
fn is_constant(stage: &Stage<'_>, word: &Word, cx: &Context<'_, '_>) -> bool {
    let flag = word.span;
    if stage.from.expansion.uses.iter().any(|variable| flag.contains(variable.span)) {
        return false;
    }
    if !is_platform(&stage.from, word) {
        return false;
    }
    let host = cx.workspace.project.platform.as_deref().unwrap_or("linux/amd64");
    let (system, architecture) = normalized(stage.from.text(word).unwrap_or_default(), host);
    let name = stage.name.as_deref().unwrap_or_default();
    !name.contains(&system) && !name.contains(&architecture)
}
