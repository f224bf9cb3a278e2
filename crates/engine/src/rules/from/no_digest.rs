//! Base images without a digest.

use crate::diagnostic::Level;
use crate::model::{Base, Stage};
use crate::rules::{Area, Check, Context, Rule};

pub const RULE: Rule = Rule {
    name: "no-digest",
    aliases: &["sonar:S7023", "semgrep:dockerfile-source-not-pinned"],
    area: Area::From,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    if let Base::Image(image) = &stage.base
        && image.digest.is_none()
    {
        let message = format!("`{}` has no digest, so its content can change", image.text);
        cx.report(stage.base_span(), message);
    }
}
