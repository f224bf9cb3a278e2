//! A file without FROM.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule};
use crate::source::Span;
use crate::syntax::Keyword;

// Shares `hadolint:DL3061` with instruction-before-from, which is silent where there is no FROM.
pub const RULE: Rule = Rule {
    name: "no-stage",
    aliases: &["hadolint:DL3061"],
    area: Area::Parse,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    if !model.fragment {
        return;
    }
    // A misspelled FROM has a finding of its own.
    let is_from = |word: &str| Keyword::nearest(word) == Some(Keyword::From);
    let mut unknown = model
        .misplaced
        .iter()
        .map(|found| &found.statement)
        .filter(|s| s.keyword == Keyword::Unknown);
    if unknown.any(|statement| is_from(&statement.keyword_word.text)) {
        return;
    }
    let first = model.misplaced.first().copied();
    let place = first.or_else(|| model.tree.instructions().next());
    let span = place.map_or(Span::at(0), |found| found.statement.keyword_word.span);
    if cx.settings.fragment && model.fragment {
        let message = "a piece of a Dockerfile: without FROM, nothing is known of the base image";
        cx.report(span, message).level(Level::Info);
        return;
    }
    let found = cx.report(span, "there is no FROM, so there is nothing to build");
    if first.is_none() {
        found.codes(&[]);
    }
}
