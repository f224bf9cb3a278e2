//! Gems without a version.

use crate::diagnostic::Level;
use crate::report::RuleSet;
use crate::rules::pins::{self, Pins};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Invocation, Manager};

pub const RULE: Rule = Rule {
    name: "gem-pin",
    aliases: &["hadolint:DL3028", "kics:GemWithoutVersion", "droast:DF053"],
    area: Area::Packages,
    level: Level::Warning,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&["gem"], check),
};

/// hadolint takes the word behind any flag for its value.
const PINS: Pins =
    Pins { verbs: "install i", groups: "", valued: "*", fixed: |word| word.contains(':') };

fn check(command: &Command, _: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let versioned = match cx.follows(RuleSet::Hadolint) {
        true => command.arguments().iter().any(|word| {
            matches!(word.text.as_str(), "-v" | "--version") || word.text.starts_with("--version=")
        }),
        false => Invocation::of(command).is_none_or(|found| found.flag("-v --version").is_some()),
    };
    if !versioned {
        pins::check(&[Manager::Gem], &PINS, command, cx);
    }
}
