//! Packages without a version: what the rules about pinning share.

use super::{Context, Site};
use crate::model::Step;
use crate::report::RuleSet;
use crate::shell::{Command, Install, Manager, PackageArgument, ShellWord, lists, operands};
use crate::source::Span;
use crate::syntax::{Body, Keyword};

/// How hadolint sees a package manager.
pub(super) struct Pins {
    /// Words one of which makes an installation of the command, wherever it stands.
    pub verbs: &'static str,
    /// Words that are no packages either.
    pub groups: &'static str,
    /// Flags whose value is the next word, without dashes.
    pub valued: &'static str,
    /// Whether a word says which version to take.
    pub fixed: fn(&str) -> bool,
}

/// Reports the packages of an installation by one of `managers` that have no version.
pub(super) fn check(
    managers: &[Manager],
    pins: &Pins,
    command: &Command,
    cx: &mut Context<'_, '_>,
) {
    if cx.follows(RuleSet::Hadolint) {
        let open = |word: &&ShellWord| !lists(pins.groups, &word.text) && !(pins.fixed)(&word.text);
        report(packages(pins, command).filter(open), cx);
        return;
    }
    let Some(install) = Install::of(command) else { return };
    if !managers.contains(&install.manager) || install.reads_list {
        return;
    }
    for package in install.packages.iter().filter(|package| is_open(package, install.manager)) {
        say(package.span, &package.name, cx);
    }
}

/// The words that hadolint takes for packages; none if the command installs nothing.
fn packages<'a>(
    pins: &Pins,
    command: &'a Command,
) -> impl Iterator<Item = &'a ShellWord> + use<'a> {
    let verbs = pins.verbs;
    let installs = command.arguments().iter().any(|word| lists(verbs, &word.text));
    let words = operands(command, pins.valued).filter(move |word| !lists(verbs, &word.text));
    words.take(if installs { usize::MAX } else { 0 })
}

/// Reports each of the words.
pub(super) fn report<'a>(words: impl Iterator<Item = &'a ShellWord>, cx: &mut Context<'_, '_>) {
    for word in words {
        say(word.span, &word.text, cx);
    }
}

fn say(span: Span, name: &str, cx: &mut Context<'_, '_>) {
    cx.report(
        span,
        format!("`{name}` has no fixed version, so the next build may install another one"),
    );
}

/// Whether the next build may take another version: none is given, or a name for the newest.
fn is_open(package: &PackageArgument, manager: Manager) -> bool {
    let moving = match manager {
        Manager::Go => "latest upgrade patch main master HEAD",
        Manager::Npm | Manager::Yarn | Manager::Pnpm => "latest next",
        _ => "",
    };
    // What a Go module does not name, its go.mod does.
    let unnamed = package.is_unpinned() && manager != Manager::Go;
    unnamed || package.version.as_deref().is_some_and(|name| lists(moving, name))
}

/// `curl-8.11.1`, or `nodejs:20` of a module.
const RPM: Pins = Pins { verbs: "install", groups: "", valued: "", fixed: has_rpm_version };
const MODULE: Pins = Pins { groups: "module", fixed: |word| word.contains(':'), ..RPM };

/// The same for packages of RPM. To hadolint, a variable that the Dockerfile declares is a version.
pub(super) fn check_rpm(
    managers: &[Manager],
    command: &Command,
    site: &Site<'_, '_>,
    cx: &mut Context<'_, '_>,
) {
    let module = command.has("module");
    let pins = if module { &MODULE } else { &RPM };
    if !cx.follows(RuleSet::Hadolint) || module {
        check(managers, pins, command, cx);
        return;
    }
    let onbuild = site.step.keyword() == Keyword::Onbuild;
    let scope = site.stage.filter(|_| !onbuild).map(|stage| &stage.scope);
    let globals = &cx.model.globals;
    let declared = |name: &str| {
        scope.is_some_and(|scope| {
            scope.defines(name) || globals.iter().any(|global| declares(global, name))
        })
    };
    let open = |word: &&ShellWord| {
        let text = word.text.as_str();
        !(has_rpm_version(text) || text.contains('-') && variables(text).any(declared))
    };
    report(packages(pins, command).filter(open), cx);
}

fn declares(step: &Step<'_>, name: &str) -> bool {
    let Body::Arg(declarations) = step.body() else { return false };
    declarations.iter().any(|declaration| declaration.name.text == name)
}

/// The names in `$name` and `${name}`.
fn variables(word: &str) -> impl Iterator<Item = &str> {
    word.split('$').skip(1).map(|behind| match behind.strip_prefix('{') {
        Some(braced) => braced.split('}').next().unwrap_or_default(),
        None => {
            let end = behind.find(|ch: char| !ch.is_ascii_alphanumeric() && ch != '_');
            behind.get(..end.unwrap_or(behind.len())).unwrap_or_default()
        }
    })
}

/// Whether a word ends in `-` and a version, as packages of RPM do.
fn has_rpm_version(word: &str) -> bool {
    let sign = |ch: char| ch.is_ascii_alphanumeric() || "._:~+^-".contains(ch);
    if word.contains('$') {
        return false;
    }
    let tail = word.rfind(|ch| !sign(ch)).map_or(0, |at| at + 1);
    let tail = word.as_bytes().get(tail..).unwrap_or_default();
    tail.windows(2).any(|pair| matches!(pair, [b'-', digit] if digit.is_ascii_digit()))
}
