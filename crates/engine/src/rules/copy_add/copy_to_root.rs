//! The whole build context copied over the root of the file system.

use crate::diagnostic::Level;
use crate::model::Base;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "copy-to-root",
    aliases: &["droast:DF026"],
    area: Area::CopyAdd,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Copy, Keyword::Add], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let statement = &site.step.instruction.statement;
    let (Body::Copy(copy) | Body::Add(copy)) = &statement.body else { return };
    // An empty image is often filled from a context that is meant to become its root.
    let on_scratch = site.stage.is_some_and(|stage| stage.base == Base::Scratch);
    if statement.flag("from").is_some() || on_scratch {
        return;
    }
    let is_root = site.step.text(&copy.destination).is_some_and(|path| matches!(path, "/" | "/."));
    let whole = copy.sources.iter().find(|source| source.is_whole_context());
    if let Some(source) = whole.filter(|_| is_root) {
        let message = "the whole build context lands among the folders of the system";
        cx.report(source.span.cover(copy.destination.span), message);
    }
}
