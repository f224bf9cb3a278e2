//! Packages of pip without a version.

use crate::diagnostic::Level;
use crate::report::RuleSet;
use crate::rules::pins::{self, Pins};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Manager, is_pip, operands};

pub const RULE: Rule = Rule {
    name: "pip-pin",
    aliases: &["hadolint:DL3013", "kics:PipUnpinned", "droast:DF051", "slim:ID.20018"],
    area: Area::Packages,
    level: Level::Warning,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&[], check),
};

const PINS: Pins = Pins {
    verbs: "install",
    groups: "",
    valued: "abi b build e editable extra-index-url f find-links i implementation index-url m \
        no-binary only-binary platform prefix progress-bar proxy python python-version root \
        root-user-action src t target trusted-host upgrade-strategy",
    fixed: is_fixed,
};

fn check(command: &Command, _: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    if !cx.follows(RuleSet::Hadolint) {
        pins::check(&[Manager::Pip, Manager::Pipx], &PINS, command, cx);
        return;
    }
    let lists = command.has("-r") || command.has("--requirement") || command.has(".");
    if !is_pip(command) || lists || command.has_flag(Some('c'), "constraint") {
        return;
    }
    let behind = operands(command, PINS.valued).skip_while(|word| word.text != PINS.verbs);
    let open = behind.filter(|word| word.text != PINS.verbs && !is_fixed(&word.text));
    pins::report(open, cx);
}

/// Whether hadolint finds a version in a word, or a file; what a repository of sources names needs
/// a tag or commit behind `@`.
fn is_fixed(word: &str) -> bool {
    let sources = ["git", "svn+", "hg+", "bzr+"].iter().any(|start| word.starts_with(start));
    let versions = ["==", "~=", "!=", "<", ">"].iter().any(|sign| word.contains(sign));
    let file = word.contains('/') || word.ends_with(".whl") || word.ends_with(".tar.gz");
    versions || if sources { word.contains('@') } else { file }
}
