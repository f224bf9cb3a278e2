//! A cache mounted where Go keeps none.

use crate::catalog::Toolchain;
use crate::diagnostic::{Edit, Level};
use crate::image::go_arguments;
use crate::model::{Base, Stage, Step};
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::ShellWord;
use crate::source::Span;
use crate::syntax::{Body, Mount};

pub const RULE: Rule = Rule {
    name: "go-cache-path",
    aliases: &[],
    area: Area::Go,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

/// What a cache holds, how its mounts end, and the variable that moves it.
const CACHES: [(&str, &str, &str); 2] =
    [("build cache", "go-build", "GOCACHE"), ("modules", "pkg/mod", "GOMODCACHE")];

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    // Who the user is, and so where a home may be, must be known from the first instruction on.
    let Some(row) = stage.found.filter(|_| matches!(stage.base, Base::Image(_))) else { return };
    let mut user = row.image.user.to_owned();
    for step in &stage.steps {
        if let Body::User(word) = step.body() {
            let name = step.text(word).unwrap_or("$").split(':').next();
            user = name.unwrap_or_default().to_owned();
        }
        if !runs_go(step) || moves_caches(step) {
            continue;
        }
        let root = matches!(user.as_str(), "" | "root" | "0");
        if !root && !user.contains('$') {
            other_home(&user, step, cx);
        }
        for (what, ending, variable) in CACHES {
            let is_go = row.image.toolchain == Some(Toolchain::Go);
            let Some(actual) = actual(step, variable, root, is_go) else { continue };
            report(what, ending, &actual, step, cx);
        }
    }
}

fn runs_go(step: &Step<'_>) -> bool {
    let verb = |words: &[ShellWord]| {
        let verb = words.first().map(|verb| verb.text.as_str());
        matches!(verb, Some("build" | "install" | "test" | "mod"))
    };
    let commands = step.script.commands.iter().filter(|_| step.script.may_run("go"));
    commands.into_iter().any(|command| go_arguments(command, &[]).is_some_and(verb))
}

/// A mount in the home of root, where another user builds.
fn other_home(user: &str, step: &Step<'_>, cx: &mut Context<'_, '_>) {
    let moved = |name: &&str| step.environment().any(|(key, _)| key == *name);
    if ["GOCACHE", "HOME", "XDG_CACHE_HOME"].iter().any(moved) {
        return;
    }
    let caches = step.mounts().filter(|mount| mount.kind() == "cache");
    let targets = caches.map(|mount| (mount.target().unwrap_or_default().to_owned(), mount.span));
    let targets: Vec<_> =
        targets.filter(|(target, _)| target.ends_with(".cache/go-build")).collect();
    if let [(target, span)] = targets.as_slice()
        && target.starts_with("/root/")
    {
        let message =
            format!("Go keeps its build cache in the home of `{user}`, so this mount stays empty");
        cx.report(*span, message);
    }
}

fn report(what: &str, ending: &str, actual: &str, step: &Step<'_>, cx: &mut Context<'_, '_>) {
    let caches: Vec<Mount<'_>> = step.mounts().filter(|mount| mount.kind() == "cache").collect();
    let target =
        |mount: &Mount<'_>| mount.target().unwrap_or_default().trim_end_matches('/').to_owned();
    let covers = |mount: &Mount<'_>| {
        let at = target(mount);
        at == actual || actual.starts_with(&format!("{at}/")) || at.contains('$')
    };
    if caches.iter().any(covers) {
        return;
    }
    let Some(mount) = caches.iter().find(|mount| target(mount).ends_with(ending)) else { return };
    let message = format!("Go keeps its {what} in `{actual}` here, so this mount stays empty");
    let written = mount.target().unwrap_or_default();
    let text = mount.span.of(cx.text);
    let edit = text.find(written).filter(|_| !written.is_empty()).map(|at| {
        let start = mount.span.start + at as u32;
        Edit::replace(Span::new(start, start + written.len() as u32), actual)
    });
    let found = cx.report(mount.span, message);
    if let Some(edit) = edit {
        found.unsafe_fix(format!("Mount it at `{actual}`"), vec![edit]);
    }
}

/// Whether the script itself chooses other folders.
fn moves_caches(step: &Step<'_>) -> bool {
    let names = |name: &str| {
        matches!(name, "GOCACHE" | "GOMODCACHE" | "GOPATH" | "HOME" | "XDG_CACHE_HOME")
    };
    let words = step
        .script
        .commands
        .iter()
        .flat_map(|command| command.assignments.iter().chain(&command.words));
    words.filter_map(|word| word.text.split_once('=')).any(|(name, _)| names(name))
}

/// Where Go keeps a cache; `None` where that is not known.
fn actual(step: &Step<'_>, variable: &str, root: bool, is_go: bool) -> Option<String> {
    let environment = || step.environment();
    let value = |name: &str| environment().find(|(key, _)| *key == name).map(|(_, value)| value);
    let known =
        |value: &str| (!value.contains('$')).then(|| value.trim_end_matches('/').to_owned());
    if let Some(own) = value(variable) {
        return known(own);
    }
    let home = || match value("HOME") {
        Some(home) => known(home),
        None => root.then(|| "/root".to_owned()),
    };
    match variable {
        "GOCACHE" => match value("XDG_CACHE_HOME") {
            Some(folder) => Some(format!("{}/go-build", known(folder)?)),
            None => Some(format!("{}/.cache/go-build", home()?)),
        },
        _ => match value("GOPATH") {
            Some(path) => Some(format!("{}/pkg/mod", known(path.split(':').next()?)?)),
            // Images of Go set it; where it is missing, nobody has looked.
            None if is_go => None,
            None => Some(format!("{}/go/pkg/mod", home()?)),
        },
    }
}
