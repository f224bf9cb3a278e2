//! Base images without tag or digest.

use crate::diagnostic::{Edit, Level};
use crate::model::{Base, ImageReference, Stage};
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
    let Some(from) = stage.from_view() else { return };
    if cx.follows(RuleSet::Hadolint) {
        // hadolint judges the text as it stands, unless the name is a variable.
        let image = ImageReference::as_hadolint_reads(&from.image.text);
        let name = &image.repository;
        if stage.on_stage_as_written || name.starts_with('$') || name == "scratch" {
            return;
        }
        return report(stage, &image, cx);
    }
    let Base::Image(image) = &stage.base else { return };
    // No image has capital letters in its name; a stage is meant.
    let is_name = !image.repository.chars().any(char::is_uppercase);
    if is_name && !image.has_no_version_tags() {
        report(stage, image, cx);
    }
}

fn report(stage: &Stage<'_>, image: &ImageReference, cx: &mut Context<'_, '_>) {
    let Some(from) = stage.from_view() else { return };
    if image.tag.is_some() || image.digest.is_some() {
        return;
    }
    let written_out = !from.image.text.contains('$');
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
