//! `npm install` where the lock file should decide.

use crate::diagnostic::{Edit, Level};
use crate::model::{Stage, Step};
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::{Install, Manager};
use crate::syntax::Body;

pub const RULE: Rule = Rule {
    name: "npm-ci",
    aliases: &["droast:DF031"],
    area: Area::Packages,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let mut locked = false;
    for step in &stage.steps {
        locked |= brings_lock(step);
        let commands = if locked { step.script.commands.as_slice() } else { &[] };
        for install in commands.iter().filter_map(Install::of) {
            let command = install.command;
            let listed = install.packages.is_empty() && !install.open_ended;
            let elsewhere = command.has_flag(Some('g'), "global")
                || command.has_flag(Some('C'), "prefix")
                || command.has_flag(None, "no-package-lock")
                || command.has_flag(None, "location");
            if install.manager != Manager::Npm || !listed || elsewhere || step.run().is_none() {
                continue;
            }
            let message = "`npm install` may choose other versions than the lock file";
            cx.report(install.verb.span, message).unsafe_fix(
                "Use `npm ci`, which fails if the lock file is not up to date",
                vec![Edit::replace(install.verb.span, "ci")],
            );
        }
    }
}

/// Whether a COPY names the lock file, or a pattern that is meant for it.
fn brings_lock(step: &Step<'_>) -> bool {
    let Body::Copy(copy) = step.body() else { return false };
    copy.sources.iter().filter_map(|source| step.text(source)).any(|source| {
        let name = source.rsplit('/').next().unwrap_or_default();
        matches!(name, "package-lock.json" | "npm-shrinkwrap.json" | "package*.json")
    })
}
