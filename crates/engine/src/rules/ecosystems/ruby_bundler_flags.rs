//! Flags of Bundler that settings have replaced.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;

pub const RULE: Rule = Rule {
    name: "ruby-bundler-flags",
    aliases: &["tally:ruby/deprecated-bundler-install-flags"],
    area: Area::Ecosystems,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&["bundle", "bundler"], check),
};

/// The flags, and the settings that do the same.
const FLAGS: [(&str, &str); 7] = [
    ("--binstubs", "bundle binstubs"),
    ("--clean", "bundle config set clean true"),
    ("--deployment", "bundle config set deployment true"),
    ("--no-prune", "bundle config set no_prune true"),
    ("--path", "bundle config set path"),
    ("--with", "bundle config set with"),
    ("--without", "bundle config set without"),
];

fn check(command: &Command, _site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    if command.subcommand().is_some_and(|verb| verb.text != "install") {
        return;
    }
    for word in command.arguments() {
        let name = word.text.split('=').next().unwrap_or_default();
        if let Some((flag, instead)) = FLAGS.iter().find(|(flag, _)| *flag == name) {
            cx.report(word.span, format!("`{flag}` is deprecated; `{instead}` does the same"));
        }
    }
}
