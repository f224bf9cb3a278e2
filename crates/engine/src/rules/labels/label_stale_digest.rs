//! A label with the digest of the base that does not go with FROM.

use crate::diagnostic::Level;
use crate::model::{Base, Stage};
use crate::rules::label::{key, pairs, value};
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "label-stale-digest",
    aliases: &["tally:labels/no-stale-base-digest"],
    area: Area::Labels,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let Base::Image(image) = &stage.base else { return };
    if !stage.shipped {
        return;
    }
    for step in stage.steps_of(Keyword::Label) {
        for pair in pairs(step) {
            // A value with a variable is somebody else's care.
            let constant = !pair.value.text.contains('$');
            let (Some(key), Some(value)) = (key(pair, step, cx), value(pair, step, cx)) else {
                continue;
            };
            if key != "org.opencontainers.image.base.digest" || !constant || value.is_empty() {
                continue;
            }
            let message = match &image.digest {
                None => "FROM has no digest, so this one is wrong as soon as the tag moves",
                Some(digest) if value != digest.as_str() => "FROM has another digest than this",
                Some(_) => continue,
            };
            cx.report(pair.value.span, message);
        }
    }
}
