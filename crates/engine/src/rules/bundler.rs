//! Settings that `bundle install` should have in an image that ships.

use super::Context;
use crate::model::{Stage, Step};
use crate::shell::Command;
use crate::syntax::Body;

/// Reports `bundle install` where neither the variable nor `bundle config` sets it.
pub(super) fn check(
    stage: &Stage<'_>,
    variable: &str,
    setting: &str,
    message: &str,
    cx: &mut Context<'_, '_>,
) {
    // What a stage below sets is in force here too.
    if !stage.reachable || stage.is_for_development() || cx.model.root(stage).index != stage.index {
        return;
    }
    let installs = |command: &&Command| {
        let verb = || command.subcommand().map(|verb| verb.text.as_str());
        command.program() == "bundle" && verb() == Some("install")
    };
    let commands = || stage.steps.iter().flat_map(|step| &step.script.commands);
    if !commands().any(|command| installs(&command)) {
        return;
    }
    let set = |step: &Step<'_>| match step.body() {
        Body::Env(pairs) => pairs.iter().any(|pair| pair.key.text == variable),
        _ => step.script.commands.iter().any(|command| {
            let configures = command.program() == "bundle" && command.has("config");
            configures && command.has(setting)
                || command.arguments().iter().any(|word| {
                    word.text.strip_prefix("--").is_some_and(|flag| flag.starts_with(setting))
                })
                || command.assignments.iter().any(|word| word.text.starts_with(variable))
        }),
    };
    if stage.steps.iter().any(set) {
        return;
    }
    for command in commands().filter(installs) {
        cx.report(command.span, message);
    }
}
