//! git clone where ADD would do.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;

pub const RULE: Rule = Rule {
    name: "git-clone",
    aliases: &["tally:prefer-add-git"],
    area: Area::Run,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&["git"], check),
};

fn check(command: &Command, _: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let is_remote = |text: &str| text.contains("://") || text.starts_with("git@");
    if command.subcommand().is_none_or(|verb| verb.text != "clone") {
        return;
    }
    let remote = command.arguments().iter().find(|word| word.literal && is_remote(&word.text));
    if let Some(remote) = remote {
        let message = "the build does not notice new commits here, as ADD with this address would";
        cx.report(remote.span, message);
    }
}
