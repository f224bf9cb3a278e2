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
    // Builds of Windows containers have no mounts.
    if site.stage.is_some_and(|stage| cx.model.is_windows(stage)) {
        return;
    }
    let commands = step.script.commands.iter();
    let wanted = commands.flat_map(|command| caches(command).map(|cache| (cache, command.span)));
    let mut wanted = wanted.peekable();
    if wanted.peek().is_none() {
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
fn caches(command: &Command) -> impl Iterator<Item = (&'static str, &'static str)> {
    const APT: [(&str, &str); 2] =
        [("/var/cache/apt", ",sharing=locked"), ("/var/lib/apt", ",sharing=locked")];
    let fetches = |word: &ShellWord| matches!(word.text.as_str(), "install" | "update" | "upgrade");
    let of_apt = Manager::of(command).is_some_and(Manager::is_apt)
        && command.arguments().iter().any(fetches);
    let program = command.program();
    let rows = CACHES.iter().filter(move |(name, verbs, _, off)| {
        let verb = || command.subcommand().map_or("", |verb| verb.text.as_str());
        *name == program
            && (verbs.is_empty() || verbs.contains(&verb()))
            && (off.is_empty() || !command.has(off))
            && (verb() != "mod" || command.has("download"))
    });
    APT.into_iter().filter(move |_| of_apt).chain(rows.map(|(_, _, target, _)| (*target, "")))
}
