//! USER with something else than a user and a group.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "user-format",
    aliases: &["dockadvisor:UserInvalidFormat"],
    area: Area::Parse,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::User], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Body::User(word) = site.step.body() else { return };
    let Some(text) = site.step.text(word) else { return };
    // Windows has domains and blanks in its names.
    if text.contains('\\') || cx.tree.escape == '`' {
        return;
    }
    let problem = if text.contains([' ', '\t']) {
        "has a blank, and no user and no group does"
    } else if text.matches(':').count() > 1 {
        "has more than one colon; USER takes `user` or `user:group`"
    } else if text.starts_with(':') {
        "has no user before the colon"
    } else if text.ends_with(':') {
        "has no group behind the colon"
    } else {
        return;
    };
    cx.report(word.span, format!("`{text}` {problem}"));
}
