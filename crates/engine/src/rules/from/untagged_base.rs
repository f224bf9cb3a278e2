//! Base images without tag or digest.

use crate::diagnostic::{Edit, Level};
use crate::model::{Base, Stage};
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule};

pub const RULE: Rule = Rule {
    name: "untagged-base",
    aliases: &["hadolint:DL3006"],
    area: Area::From,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let (Base::Image(image), Some(from)) = (&stage.base, stage.from_view()) else { return };
    if image.tag.is_some() || image.digest.is_some() {
        return;
    }
    // No image has capital letters in its name; a stage is meant.
    if image.repository.chars().any(char::is_uppercase) {
        return;
    }
    let written_out = !from.image.text.contains('$');
    let silent = match cx.follows(RuleSet::Hadolint) {
        true => from.image.text.starts_with('$'),
        false => image.has_no_version_tags(),
    };
    if silent {
        return;
    }
    let name = &image.text;
    let message = format!("`{name}` has no tag, so each build may use another image");
    let span = from.image.span;
    let found = cx.report(span, message);
    let row = stage.found.as_ref().filter(|_| written_out);
    if let Some(suffix) = row.and_then(|found| image.pinned_suffix(found.image)) {
        let title = format!("Take `{name}{suffix}`, which may not be the image that you have now");
        found.unsafe_fix(title, vec![Edit::insert(span.end, suffix)]);
    }
}
