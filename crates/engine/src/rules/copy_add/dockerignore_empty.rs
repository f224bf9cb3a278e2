//! A `.dockerignore` that keeps nothing out.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "dockerignore-empty",
    aliases: &["slim:ID.10002"],
    area: Area::CopyAdd,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Copy, Keyword::Add], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let statement = &site.step.instruction.statement;
    let (Body::Copy(copy) | Body::Add(copy)) = &statement.body else { return };
    let Some(ignore) = cx.ignore.filter(|_| statement.flag("from").is_none()) else { return };
    let Some(source) = copy.sources.iter().find(|source| source.is_whole_context()) else { return };
    if ignore.patterns.iter().all(|pattern| pattern.negated) {
        cx.report(source.span, "the .dockerignore keeps nothing out of what is copied here");
    } else if ignore.excludes(".git").is_none() {
        let message =
            "the .dockerignore lets `.git` in, so each commit changes what is copied here";
        cx.report(source.span, message);
    }
}
