//! The exec form in single quotes.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::Keyword;

// Shares `tally:invalid-json-form` with `malformed-json-form`: tally has one code for both.
pub const RULE: Rule = Rule {
    name: "json-single-quotes",
    aliases: &[
        "tally:invalid-json-form",
        "dockerlint:json_array_even_quotes",
        "dockerfile-utils:JSON_IN_SINGLE_QUOTES",
    ],
    area: Area::Parse,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&KEYWORDS, check),
};

const KEYWORDS: [Keyword; 8] = [
    Keyword::Run,
    Keyword::Cmd,
    Keyword::Entrypoint,
    Keyword::Healthcheck,
    Keyword::Copy,
    Keyword::Add,
    Keyword::Volume,
    Keyword::Onbuild,
];

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Some((word, broken)) = site.step.instruction.statement.broken_json() else { return };
    if !broken.single_quotes {
        return;
    }
    let message = match broken.command {
        true => "single quotes are not JSON, so a shell runs the text, brackets and all",
        false => "single quotes are not JSON, so brackets and quotes are part of the paths",
    };
    let level = if broken.command { Level::Error } else { Level::Warning };
    let found = cx.report(word.span, message).level(level);
    if let Some(meant) = broken.meant.filter(|_| word.span.len() as usize == word.text.len()) {
        found.unsafe_fix(format!("Write `{meant}`"), vec![Edit::replace(word.span, meant)]);
    }
}
