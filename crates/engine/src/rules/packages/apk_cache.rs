//! `apk add` without `--no-cache`.

use crate::diagnostic::{Edit, Level};
use crate::image::What;
use crate::model::Stage;
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::{Install, Manager};
use crate::syntax::Mount;

pub const RULE: Rule = Rule {
    name: "apk-cache",
    aliases: &["hadolint:DL3019", "trivy:DS-0025"],
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
        let mounted = step.mounts().any(|mount| is_cache(&mount));
        if mounted || !(stays || hadolint) {
            continue;
        }
        let commands = step.run().map_or(&[][..], |_| &step.script.commands);
        for install in commands.iter().filter_map(Install::of) {
            if install.manager != Manager::Apk || install.command.has_flag(None, "no-cache") {
                continue;
            }
            let verb = install.verb.span;
            let message = match stays {
                true => "`apk add` leaves its package index in this layer",
                false => "`apk add` lacks `--no-cache`",
            };
            cx.report(verb, message)
                .safe_fix("Add `--no-cache`", vec![Edit::insert(verb.end, " --no-cache")]);
        }
    }
}

/// Whether apk keeps its index on a mount, which no layer holds.
fn is_cache(mount: &Mount<'_>) -> bool {
    let target = mount.target().unwrap_or_default().trim_end_matches('/');
    matches!(mount.kind(), "cache" | "tmpfs")
        && matches!(target, "/var/cache/apk" | "/etc/apk/cache")
}
