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

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let sets = command.program() == "chpasswd" || command.has("--stdin");
    let is_secret = |text: &str| text.starts_with("/run/secrets/");
    let own = command.redirects.iter().map(|redirect| &redirect.target);
    let script = &site.step.script;
    let writer = |other: &&Command| script.reader_of(other).is_some_and(|next| next.span == command.span);
    let before = script.commands.iter().filter(|other| other.list == command.list).find(writer);
    let words = before.into_iter().flat_map(|writer| &writer.words).chain(own);
    let mounted = site.step.mounts().any(|mount| mount.kind() == "secret");
    if !sets || mounted || words.clone().any(|word| is_secret(&word.text)) {
        return;
    }
    let span = command.words.first().map_or(command.span, |word| word.span);
    cx.report(span, "a password of the image, which everybody who has the image can read or guess");
}
