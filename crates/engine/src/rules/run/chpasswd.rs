//! Passwords that are set in a build.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;

pub const RULE: Rule = Rule {
    name: "chpasswd",
    aliases: &["checkov:CKV2_DOCKER_17"],
    area: Area::Run,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&["chpasswd", "passwd"], check),
};

/// So far back is looked for what is piped into it.
const NEAR: usize = 16;

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let sets = command.program() == "chpasswd" || command.has("--stdin");
    let is_secret = |text: &str| text.starts_with("/run/secrets/");
    let own = command.redirects.iter().map(|redirect| &redirect.target);
    let commands = &site.step.script.commands;
    let at = commands.partition_point(|other| other.span.start < command.span.start);
    let mut before = commands.get(..at).unwrap_or_default().iter().rev().take(NEAR);
    let before = before.find(|other| other.list == command.list);
    let words = before.into_iter().flat_map(|before| &before.words).chain(own);
    let mounted = site.step.mounts().any(|mount| mount.kind() == "secret");
    if !sets || mounted || words.clone().any(|word| is_secret(&word.text)) {
        return;
    }
    let span = command.words.first().map_or(command.span, |word| word.span);
    cx.report(span, "a password of the image, which everybody who has the image can read or guess");
}
