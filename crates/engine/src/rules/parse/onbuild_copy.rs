//! COPY and ADD behind ONBUILD.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, Keyword, Word};

pub const RULE: Rule = Rule {
    name: "onbuild-copy",
    aliases: &["dockerlint:onbuild_copyadd"],
    area: Area::Parse,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Onbuild], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Body::Onbuild(trigger) = site.step.body() else { return };
    let (Body::Copy(copy) | Body::Add(copy)) = &trigger.body else { return };
    let whole = |source: &Word| matches!(source.text.as_str(), "." | "./" | "/");
    // All of a build context is always there.
    if trigger.flag("from").is_none() && !copy.sources.iter().all(whole) {
        let message = "every build on this image fails if its context lacks one of these files";
        cx.report(trigger.keyword_word.span, message);
    }
}
