//! pip that keeps what it downloaded.

use crate::diagnostic::{Edit, Level};
use crate::image::is_cached;
use crate::model::{Base, Stage, Step};
use crate::report::RuleSet;
use crate::rules::cleaning::holds_cache;
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::{Command, Invocation, Manager, ShellWord, is_pip};
use crate::syntax::Body;

pub const RULE: Rule = Rule {
    name: "pip-cache",
    aliases: &[
        "hadolint:DL3042",
        "kics:PipKeepingCache",
        "semgrep:missing-pip-no-cache-dir",
        "droast:DF030",
    ],
    area: Area::Packages,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

const VARIABLE: &str = "PIP_NO_CACHE_DIR";

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    let hadolint = cx.follows(RuleSet::Hadolint);
    // By stage: whether hadolint takes the cache for switched off at its end.
    let mut off: Vec<bool> = Vec::with_capacity(model.stages.len());
    for stage in &model.stages {
        let mut none = match stage.base {
            Base::Stage(parent) => off.get(parent).copied().unwrap_or_default(),
            _ => false,
        };
        for step in &stage.steps {
            none |= sets_for_hadolint(step);
            match hadolint {
                true if none && !matches!(step.body(), Body::Onbuild(_)) => {}
                true => as_hadolint(step, cx),
                false => as_pip(stage, step, cx),
            }
        }
        off.push(none);
    }
}

/// `ENV PIP_NO_CACHE_DIR=1`.
fn sets_for_hadolint(step: &Step<'_>) -> bool {
    let Body::Env(pairs) = step.body() else { return false };
    pairs.iter().any(|pair| pair.key.bare() == VARIABLE && is_true(pair.value.bare()))
}

fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true" | "True" | "TRUE" | "on" | "On" | "ON" | "yes" | "Yes" | "YES")
}

fn as_hadolint(step: &Step<'_>, cx: &mut Context<'_, '_>) {
    let mounts: Vec<_> = step.mounts().collect();
    let sets = |word: &ShellWord| {
        word.text.split_once('=').is_some_and(|(name, value)| name == VARIABLE && is_true(value))
    };
    let commands = if step.run().is_some() { step.script.commands.as_slice() } else { &[] };
    let switched = |command: &Command| command.assignments.iter().chain(&command.words).any(sets);
    let unreadable = !step.script.whole;
    if unreadable || holds_cache(&mounts, ".cache/pip") || commands.iter().any(switched) {
        return;
    }
    for command in commands {
        let called = is_pip(command) && !command.program_path().starts_with("pipx");
        let verb = command.arguments().iter().find(|word| word.text == "install");
        if let Some(verb) = verb.filter(|_| called && !command.has("--no-cache-dir")) {
            say(verb, cx);
        }
    }
}

fn as_pip(stage: &Stage<'_>, step: &Step<'_>, cx: &mut Context<'_, '_>) {
    let commands = &step.script.commands;
    if !commands.iter().any(|command| Manager::of(command) == Some(Manager::Pip)) {
        return;
    }
    let mounts: Vec<_> = step.mounts().collect();
    let mounted = is_cached(&mounts, "/root/.cache/pip") || holds_cache(&mounts, "pip");
    let environment = step.environment().any(|(name, value)| {
        name == VARIABLE
            && !matches!(value.to_ascii_lowercase().as_str(), "" | "0" | "false" | "off" | "no")
    });
    if !stage.shipped || step.run().is_none() || mounted || environment {
        return;
    }
    let last = commands.iter().rposition(cleans);
    for (index, command) in commands.iter().enumerate() {
        let pip = Invocation::of(command).filter(|found| found.manager == Manager::Pip);
        let Some(pip) = pip.filter(|found| found.verb.text == "install") else { continue };
        let off = command.has_flag(None, "no-cache-dir") || pip.flag("--cache-dir").is_some();
        if !off && last.is_none_or(|last| last < index) {
            say(pip.verb, cx);
        }
    }
}

/// What empties the cache, or sets the variable for the rest of the script.
fn cleans(command: &Command) -> bool {
    let words = || command.assignments.iter().chain(command.arguments());
    let cache = |word: &ShellWord| word.text.contains(".cache");
    (command.program() == "rm" && words().any(cache))
        || (command.has("cache") && command.has("purge"))
        || words().any(|word| word.text.starts_with(VARIABLE))
}

fn say(verb: &ShellWord, cx: &mut Context<'_, '_>) {
    cx.report(verb.span, "pip keeps what it downloads in this layer")
        .safe_fix("Add `--no-cache-dir`", vec![Edit::insert(verb.span.end, " --no-cache-dir")]);
}
