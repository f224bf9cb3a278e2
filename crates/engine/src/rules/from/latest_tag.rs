//! Base images with the tag `latest`.

use crate::diagnostic::{Edit, Level};
use crate::model::{Base, ImageReference, Stage};
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule};
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "latest-tag",
    aliases: &["hadolint:DL3007"],
    area: Area::From,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

const TAG: &str = ":latest";

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let Some(from) = stage.from_view() else { return };
    let as_hadolint_reads = ImageReference::as_hadolint_reads(&from.image.text);
    let image = match &stage.base {
        _ if cx.follows(RuleSet::Hadolint) => &as_hadolint_reads,
        Base::Image(image) if !image.has_no_version_tags() => image,
        _ => return,
    };
    if image.tag.as_deref() != Some("latest") || image.digest.is_some() {
        return;
    }
    let word = from.image.span;
    let tag = Span::new(word.end.saturating_sub(TAG.len() as u32), word.end);
    let written_out = tag.of(cx.text) == TAG;
    let name = image.text.trim_end_matches(TAG);
    let message = format!("`latest` of `{name}` is another image after its next release");
    let place = if written_out { Span::new(tag.start + 1, tag.end) } else { word };
    let found = cx.report(place, message);
    let row = stage.found.as_ref().filter(|_| written_out);
    if let Some(suffix) = row.and_then(|found| image.pinned_suffix(found.image)) {
        let title = format!("Take `{name}{suffix}`, which may not be the image that you have now");
        found.unsafe_fix(title, vec![Edit::replace(tag, suffix)]);
    }
}
