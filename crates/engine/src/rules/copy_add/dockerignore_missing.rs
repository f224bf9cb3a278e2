//! The whole context copied, and no `.dockerignore`.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "dockerignore-missing",
    aliases: &["slim:ID.10001", "droast:DF033"],
    area: Area::CopyAdd,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Copy, Keyword::Add], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let statement = &site.step.instruction.statement;
    let (Body::Copy(copy) | Body::Add(copy)) = &statement.body else { return };
    if cx.ignore.is_some() || statement.flag("from").is_some() {
        return;
    }
    if let Some(source) = copy.sources.iter().find(|source| source.is_whole_context()) {
        cx.report(source.span, "there is no .dockerignore, so `.git` and the like come along");
    }
}
