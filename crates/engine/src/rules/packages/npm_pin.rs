//! Packages of npm without a version.

use crate::diagnostic::Level;
use crate::report::RuleSet;
use crate::rules::pins::{self, Pins};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Manager, operands};

pub const RULE: Rule = Rule {
    name: "npm-pin",
    aliases: &["hadolint:DL3016", "kics:NpmUnpinned"],
    area: Area::Packages,
    level: Level::Warning,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&["npm"], check),
};

const PINS: Pins =
    Pins { verbs: "install", groups: "", valued: "registry loglevel", fixed: is_fixed };

fn check(command: &Command, _: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    // hadolint knows the long name only, as the first word.
    let first = || operands(command, PINS.valued).next().is_some_and(|word| word.text == "install");
    if !cx.follows(RuleSet::Hadolint) || first() {
        pins::check(&[Manager::Npm], &PINS, command, cx);
    }
}

/// Whether hadolint finds a version, a commit, or a file in a word.
fn is_fixed(word: &str) -> bool {
    let starts = |starts: &[&str]| starts.iter().any(|start| word.starts_with(start));
    if starts(&["git://", "git+ssh://", "git+http://", "git+https://"]) {
        return word.contains('#');
    }
    let file = [".tar", ".tar.gz", ".tgz"].iter().any(|ending| word.ends_with(ending));
    // Of `@scope/name@1`, only the second sign is about a version.
    let unscoped = match word.strip_prefix('@') {
        Some(scoped) => scoped.split_once('/').map_or("", |(_, name)| name),
        None => word,
    };
    file || starts(&["/", "./", "../", "~/"]) || unscoped.contains('@')
}
