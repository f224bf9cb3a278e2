//! All files of another stage copied over those of this one.

use crate::diagnostic::Level;
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, Keyword, Word};

pub const RULE: Rule = Rule {
    name: "copy-whole-filesystem",
    aliases: &["hadolint:DL3067"],
    area: Area::CopyAdd,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Copy], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let statement = &site.step.instruction.statement;
    let (Body::Copy(copy), Some(from)) = (&statement.body, statement.flag_value("from")) else {
        return;
    };
    let hadolint = cx.follows(RuleSet::Hadolint);
    let is_root = |word: &Word, is_source: bool| match site.step.text(word) {
        _ if hadolint => word.bare() == "/",
        Some(path) => {
            let all = path.trim_matches(['/', '.']).is_empty() || (is_source && path == "/*");
            all && !path.contains("..") && (path.starts_with('/') || is_source)
        }
        None => false,
    };
    if !is_root(&copy.destination, false) {
        return;
    }
    if let Some(source) = copy.sources.iter().find(|source| is_root(source, true)) {
        let message = format!("everything of `{}` comes along, tools and caches too", from.text);
        cx.report(source.span, message);
    }
}
