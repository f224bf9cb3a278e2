//! Labels that Buildx writes by itself if asked.

use crate::diagnostic::Level;
use crate::rules::label::{key, pairs};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "label-buildx-overlap",
    aliases: &["tally:labels/no-buildx-git-overlap"],
    area: Area::Labels,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Label], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    const GENERATED: [&str; 3] = [
        "com.docker.image.source.entrypoint",
        "org.opencontainers.image.revision",
        "org.opencontainers.image.source",
    ];
    // Buildx labels the image that it makes, not the stages on the way.
    if !site.stage.is_some_and(|stage| stage.shipped) {
        return;
    }
    for pair in pairs(site.step) {
        let Some(key) = key(pair, site.step, cx) else { continue };
        if GENERATED.contains(&&*key) {
            let message = format!("Buildx can write the label `{key}` itself, from Git");
            cx.report(pair.key.span, message);
        }
    }
}
