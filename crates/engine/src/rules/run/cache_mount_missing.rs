//! Downloads and builds that start from nothing each time.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Manager, ShellWord};
use crate::syntax::{Keyword, Mount};

pub const RULE: Rule = Rule {
    name: "cache-mount-missing",
    aliases: &["tally:prefer-package-cache-mounts"],
    area: Area::Run,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Run], check),
};

/// Program, first words that bring it in (any if none), its cache, and a flag that switches it off.
const CACHES: [(&str, &[&str], &str, &str); 17] = [
    ("go", &["build", "install", "test", "vet", "run"], "/root/.cache/go-build", ""),
    ("go", &["build", "install", "mod", "test", "vet", "run"], "/go/pkg/mod", ""),
    ("npm", &["ci", "install", "i"], "/root/.npm", ""),
    ("yarn", &["install"], "/usr/local/share/.cache/yarn", ""),
    ("pnpm", &["install", "i"], "/root/.local/share/pnpm/store", ""),
    ("bun", &["install", "i"], "/root/.bun/install/cache", ""),
    ("pip", &["install"], "/root/.cache/pip", "--no-cache-dir"),
    ("pip3", &["install"], "/root/.cache/pip", "--no-cache-dir"),
    ("uv", &["sync", "pip"], "/root/.cache/uv", "--no-cache"),
    ("poetry", &["install"], "/root/.cache/pypoetry", "--no-cache"),
    ("cargo", &["build", "fetch", "install"], "/usr/local/cargo/registry", ""),
    ("composer", &["install"], "/root/.composer/cache", ""),
    ("dotnet", &["restore", "build", "publish"], "/root/.nuget/packages", ""),
    ("mvn", &[], "/root/.m2", ""),
    ("gradle", &[], "/root/.gradle", ""),
    ("apk", &["add"], "/etc/apk/cache", "--no-cache"),
    ("dnf", &["install"], "/var/cache/dnf", ""),
];

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let step = site.step;
    let wanted = |command: &Command| {
        let span = command.span;
        caches(command).into_iter().map(move |cache| (cache, span))
    };
    let wanted: Vec<_> = step.script.commands.iter().flat_map(wanted).collect();
    if wanted.is_empty() {
        return;
    }
    let mut missing: Vec<(&str, &str)> = Vec::new();
    let mut place = None;
    let mounts: Vec<_> = step.mounts().filter(|mount| mount.kind() != "secret").collect();
    let targets: Vec<&str> = mounts.iter().filter_map(Mount::target).collect();
    for ((target, options), span) in wanted {
        let held = targets.iter().any(|at| {
            let at = at.trim_end_matches('/');
            !at.is_empty() && target.starts_with(at)
        });
        if !held && !missing.iter().any(|(known, _)| *known == target) {
            missing.push((target, options));
            place = place.or(Some(span));
        }
    }
    let Some(place) = place else { return };
    let flags = missing
        .iter()
        .map(|(target, options)| format!("--mount=type=cache,target={target}{options} "));
    let edit =
        Edit::insert(step.instruction.statement.arguments.span.start, flags.collect::<String>());
    let image = site.stage.and_then(|stage| cx.image(stage));
    // Another user has another home.
    let root = image.is_some_and(|image| image.user.is_none());
    let found =
        cx.report(place, "without a cache mount, this downloads or builds everything again");
    if root && step.instruction.line.heredocs.is_empty() {
        found.unsafe_fix("Keep the cache in a mount, which is no part of the image", vec![edit]);
    }
}

/// The folders that a command would like to keep, with further options of the mount.
fn caches(command: &Command) -> Vec<(&'static str, &'static str)> {
    if Manager::of(command).is_some_and(Manager::is_apt) {
        let verb =
            |word: &ShellWord| matches!(word.text.as_str(), "install" | "update" | "upgrade");
        let fetches = command.arguments().iter().any(verb);
        let both = [("/var/cache/apt", ",sharing=locked"), ("/var/lib/apt", ",sharing=locked")];
        return if fetches { both.to_vec() } else { Vec::new() };
    }
    let program = command.program();
    if !CACHES.iter().any(|(name, ..)| *name == program) {
        return Vec::new();
    }
    let verb = command.subcommand().map_or("", |verb| verb.text.as_str());
    let rows = CACHES.iter().filter(|(name, verbs, _, off)| {
        *name == program
            && (verbs.is_empty() || verbs.contains(&verb))
            && (off.is_empty() || !command.has(off))
            && (verb != "mod" || command.has("download"))
    });
    rows.map(|(_, _, target, _)| (*target, "")).collect()
}
