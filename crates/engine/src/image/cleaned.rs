//! What a RUN removes again of what it has added itself: those bytes are in no layer.

use super::layer::{Addition, What};
use super::run::is_cached;
use crate::shell::{Command, Manager, Script};
use crate::source::Span;
use crate::syntax::Mount;

/// Adds what `update` leaves behind, and takes away what the same RUN removes or a mount holds.
pub(super) fn clean(additions: &mut Vec<Addition>, script: &Script, mounts: &[Mount<'_>]) {
    if let Some(span) = apt_lists_left(script, mounts) {
        additions.push(Addition { what: What::AptLists, span });
    }
    let removes_index = |command: &Command| {
        command.program() == "rm"
            && command.arguments().iter().any(|word| word.text.starts_with("/var/cache/apk"))
    };
    if script.commands.iter().any(removes_index) || is_cached(mounts, "/var/cache/apk") {
        additions.retain(|addition| !matches!(addition.what, What::ApkIndex));
    }
    remove_packages(additions, script);
    remove_go_caches(additions, script);
}

/// `apk del`, and `apt-get purge` together with `autoremove`, take packages of the same RUN away.
fn remove_packages(additions: &mut [Addition], script: &Script) {
    let autoremoves = || {
        script.commands.iter().any(|command| {
            command.has("--auto-remove")
                || command.has("--autoremove")
                || verb(command) == Some("autoremove")
        })
    };
    let mut removed: Vec<&str> = Vec::new();
    for command in &script.commands {
        let complete = match verb(command) {
            Some("del") => true,
            Some("purge" | "remove") => autoremoves(),
            _ => false,
        };
        if complete {
            removed.extend(command.arguments().iter().skip(1).map(|word| word.text.as_str()));
        }
    }
    if removed.is_empty() {
        return;
    }
    for addition in additions {
        let What::Packages { names, group, .. } = &mut addition.what else { continue };
        if group.as_deref().is_some_and(|group| removed.contains(&group)) {
            names.clear();
        }
        names.retain(|name| !removed.contains(&name.as_str()));
    }
}

/// What a package manager of a distribution is told to do.
fn verb(command: &Command) -> Option<&str> {
    Manager::of(command).filter(|manager| manager.is_of_distribution())?;
    command.subcommand().map(|verb| verb.text.as_str())
}

/// `go clean` and `rm` take Go's caches away.
fn remove_go_caches(additions: &mut Vec<Addition>, script: &Script) {
    if !additions.iter().any(|addition| matches!(addition.what, What::GoCaches { .. })) {
        return;
    }
    let clears = |folder: &str, flag: &str| {
        script.commands.iter().any(|command| match command.program() {
            "go" => command.has("clean") && command.has(flag),
            "rm" => command.arguments().iter().any(|word| {
                let path = word.text.trim_end_matches(['*', '/']).replace('~', "/root");
                path.starts_with('/') && format!("{folder}/").starts_with(&format!("{path}/"))
            }),
            _ => false,
        })
    };
    let no_modules = clears("/go/pkg/mod", "-modcache");
    let no_builds = clears("/root/.cache/go-build", "-cache");
    for addition in &mut *additions {
        if let What::GoCaches { modules, builds } = &mut addition.what {
            *modules &= !no_modules;
            *builds &= !no_builds;
        }
    }
    let nothing = |what: &What| matches!(what, What::GoCaches { modules: false, builds: false });
    additions.retain(|addition| !nothing(&addition.what));
}

/// The `update` whose package lists are still there when the script ends.
pub(crate) fn apt_lists_left(script: &Script, mounts: &[Mount<'_>]) -> Option<Span> {
    let updates = |command: &&Command| {
        let is_apt = matches!(command.program(), "apt" | "apt-get" | "aptitude");
        is_apt && command.subcommand().is_some_and(|verb| verb.text == "update")
    };
    let mut commands = script.commands.iter();
    let update = commands.find(updates)?;
    let kept = !commands.any(removes_apt_lists) && !is_cached(mounts, "/var/lib/apt/lists");
    kept.then_some(update.span)
}

/// `rm -rf /var/lib/apt/lists/*` in any of its spellings, and what else removes the lists.
pub(crate) fn removes_apt_lists(command: &Command) -> bool {
    let names_lists = || {
        command.arguments().iter().any(|word| {
            let path = word.text.trim_end_matches(['*', '/']);
            matches!(path, "/var/lib/apt/lists" | "/var/lib/apt" | "/var/lib")
        })
    };
    match command.program() {
        "rm" => names_lists(),
        "find" => command.has("-delete") && names_lists(),
        "apt" | "apt-get" => command.has("distclean") || command.has("dist-clean"),
        _ => false,
    }
}
