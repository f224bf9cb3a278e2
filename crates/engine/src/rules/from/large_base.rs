//! Final images on the full variant of a base that has a slim one.

use crate::catalog::{Platform, slim_variant};
use crate::diagnostic::{Edit, Level};
use crate::model::{Base, Stage};
use crate::rules::{Area, Check, Context, Rule};
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "large-base",
    aliases: &["devblac:DL3008", "dockopt:JAVA001"],
    area: Area::From,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

/// Less than this is not worth a word.
const WORTH: u64 = 100_000_000;

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let (Base::Image(image), Some(found)) = (&stage.base, &stage.found) else { return };
    if !stage.shipped || image.digest.is_some() || stage.is_for_development() {
        return;
    }
    let Some(slim) = slim_variant(&image.familiar_name(), image.tag.as_deref()) else { return };
    let name = cx.workspace.project.platform.as_deref().unwrap_or_default();
    let platform = Platform::from_name(name).unwrap_or_default();
    let sizes = (found.size(platform).unpacked, slim.size(platform).unpacked);
    let (Some(full), Some(small)) = sizes else { return };
    if full.low.saturating_sub(small.high) < WORTH {
        return;
    }
    let (full, small) = (full.likely / 1_000_000, small.likely / 1_000_000);
    let message = format!(
        "`{}` has about {small} MB where this image has {full} MB, unpacked",
        slim.reference
    );
    let tag = image.tag.as_deref().unwrap_or_default();
    let word = stage.base_span();
    let report = cx.report(word, message);
    let slim_tag = slim.reference.rsplit(':').next().unwrap_or_default();
    if word.len() as usize == image.text.len() && image.text.ends_with(tag) {
        let place = Span::new(word.end - tag.len() as u32, word.end);
        let title = format!("Take `{slim_tag}`, which lacks compilers and headers");
        report.unsafe_fix(title, vec![Edit::replace(place, slim_tag)]);
    }
}
