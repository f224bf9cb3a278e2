//! Base images with both a tag and a digest.

use crate::diagnostic::Level;
use crate::model::{Base, Stage};
use crate::rules::{Area, Check, Context, Rule};

pub const RULE: Rule = Rule {
    name: "tag-and-digest",
    aliases: &["sonar:S8431"],
    area: Area::From,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let Base::Image(image) = &stage.base else { return };
    if let (Some(tag), Some(_)) = (&image.tag, &image.digest) {
        let message = format!("only the digest counts, and nobody checks that it is `{tag}`");
        cx.report(stage.base_span(), message);
    }
}
