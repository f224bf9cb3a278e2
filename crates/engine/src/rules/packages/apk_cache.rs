//! `apk add` without `--no-cache`.

use crate::diagnostic::{Edit, Level};
use crate::image::{What, is_cached};
use crate::model::Stage;
use crate::report::RuleSet;
use crate::rules::cleaning::holds_cache;
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::Install;

pub const RULE: Rule = Rule {
    name: "apk-cache",
    aliases: &[
        "hadolint:DL3019",
        "trivy:DS-0025",
        "kics:ApkLocalCache",
        "semgrep:missing-apk-no-cache",
        "dockle:DKL-DI-0004",
        "dockerfilelint:apkadd-missing_nocache_or_updaterm",
        "droast:DF029",
    ],
    area: Area::Packages,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let hadolint = cx.follows(RuleSet::Hadolint);
    let Some(image) = cx.image(stage).filter(|_| stage.shipped || hadolint) else { return };
    for (step, layer) in stage.steps.iter().zip(&image.layers) {
        let stays = layer.additions.iter().any(|addition| matches!(addition.what, What::ApkIndex));
        let mounts: Vec<_> = step.mounts().collect();
        let silent = match hadolint {
            true => holds_cache(&mounts, "/var/cache/apk") || !step.script.whole,
            false => is_cached(&mounts, "/var/cache/apk") || is_cached(&mounts, "/etc/apk/cache"),
        };
        if silent || !(stays || hadolint) || step.run().is_none() {
            continue;
        }
        for command in &step.script.commands {
            let verb = match hadolint {
                true => command.arguments().iter().find(|word| word.text == "add"),
                false => Install::of(command).map(|install| install.verb),
            };
            let apk = command.program() == "apk" && !command.has_flag(None, "no-cache");
            let Some(verb) = verb.filter(|_| apk) else { continue };
            let message = match stays {
                true => "`apk add` leaves its package index in this layer",
                false => "`apk add` lacks `--no-cache`",
            };
            cx.report(verb.span, message)
                .safe_fix("Add `--no-cache`", vec![Edit::insert(verb.span.end, " --no-cache")]);
        }
    }
}
