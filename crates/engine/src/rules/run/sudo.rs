//! sudo in a build.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "sudo",
    aliases: &["hadolint:DL3004", "trivy:DS-0010", "checkov:CKV2_DOCKER_1"],
    area: Area::Run,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&["sudo"], check),
};

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let image = site.stage.and_then(|stage| cx.image(stage));
    let base_is_root = image
        .and_then(|image| image.base.row())
        .is_some_and(|row| matches!(row.user, "root" | "0"));
    let no_user = image.is_some_and(|image| image.user.is_none());
    let [sudo, next, ..] = command.words.as_slice() else { return };
    let message = if no_user && base_is_root {
        "this RUN is root already, without `sudo`"
    } else {
        "a build has nobody to ask for a password: USER says who runs a command, not `sudo`"
    };
    let found = cx.report(sudo.span, message);
    let plain = !next.text.starts_with('-') && !next.text.contains('=');
    if plain && no_user {
        let edit = Edit::delete(Span::new(sudo.span.start, next.span.start));
        found.unsafe_fix("Drop `sudo`, if the base image runs as root", vec![edit]);
    }
}
