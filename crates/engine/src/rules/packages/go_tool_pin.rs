//! Go programs without a fixed version.

use crate::diagnostic::Level;
use crate::report::RuleSet;
use crate::rules::pins::{self, Pins};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Manager, operands};

pub const RULE: Rule = Rule {
    name: "go-tool-pin",
    aliases: &["hadolint:DL3062", "droast:DF054"],
    area: Area::Packages,
    level: Level::Warning,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&["go"], check),
};

const PINS: Pins = Pins { verbs: "install get", groups: "tool", valued: "", fixed: is_fixed };

fn check(command: &Command, _: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    if !cx.follows(RuleSet::Hadolint) || !command.has("run") {
        pins::check(&[Manager::Go], &PINS, command, cx);
        return;
    }
    // What stands behind the package is for the program.
    let package = operands(command, "").find(|word| word.text != "run");
    pins::report(package.filter(|word| !is_fixed(&word.text)).into_iter(), cx);
}

/// Whether hadolint finds a version or a folder in a word.
fn is_fixed(word: &str) -> bool {
    let moving = word.ends_with("@latest") || word.ends_with("@none");
    word.starts_with(['.', '/']) || (word.contains('@') && !moving)
}
