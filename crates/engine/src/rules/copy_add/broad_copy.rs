//! The whole build context in the image that ships.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "broad-copy",
    aliases: &["droast:DF007", "sonar:S6470"],
    area: Area::CopyAdd,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Copy, Keyword::Add], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let statement = &site.step.instruction.statement;
    let (Body::Copy(copy) | Body::Add(copy)) = &statement.body else { return };
    let ships = site.stage.is_some_and(|stage| stage.shipped);
    let only_named = cx.ignore.is_some_and(|ignore| ignore.pattern_for_all().is_some());
    if statement.flag("from").is_some() || !ships || only_named {
        return;
    }
    if let Some(source) = copy.sources.iter().find(|source| source.is_whole_context()) {
        cx.report(source.span, "whatever lies in the folder of the project ends up in the image");
    }
}
