//! chown of what COPY has just put in place.

use crate::diagnostic::Level;
use crate::image::Rewrite;
use crate::model::Stage;
use crate::rules::rewritten::{self, Change};
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::Account;

pub const RULE: Rule = Rule {
    name: "chown-after-copy",
    aliases: &[],
    area: Area::CopyAdd,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let change = Change {
        program: "chown",
        what: "owner",
        value: owner,
        caution: ", which leaves a folder that was there before to its owner",
    };
    rewritten::check(&change, stage, cx);
}

/// The owner, if COPY finds him at its place: BuildKit takes root for a name that is not there yet.
fn owner(text: &str, rewrite: &Rewrite, stage: &Stage<'_>, cx: &Context<'_, '_>) -> Option<String> {
    let text = text.trim_end_matches(':');
    let user = text.split(':').next().filter(|user| !user.is_empty())?;
    let plain = |ch: char| ch.is_ascii_alphanumeric() || "_-:".contains(ch);
    if !rewrite.exact || !text.chars().all(plain) {
        return None;
    }
    let base = || cx.image(stage)?.base.row();
    let before = stage.steps.iter().take(rewrite.copied);
    let mut accounts = before.flat_map(|step| &step.script.commands).filter_map(Account::of);
    let is_known = user.bytes().all(|byte| byte.is_ascii_digit())
        || base().is_some_and(|row| row.users.contains(&user))
        || accounts.any(|account| account.creates && account.user.text == user);
    is_known.then(|| text.to_owned())
}
