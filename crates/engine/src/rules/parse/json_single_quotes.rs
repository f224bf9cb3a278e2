//! The exec form in single quotes.

use crate::diagnostic::{Level, Spoils};
use crate::rules::{Area, Check, Context, Rule, Site, brackets};

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
    check: Check::Decides(Spoils::Use, &Check::Instruction(&brackets::KEYWORDS, check)),
};

const MESSAGES: [&str; 2] = [
    "single quotes are not JSON, so a shell runs the text, brackets and all",
    "single quotes are not JSON, so brackets and quotes are part of the paths",
];

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    brackets::check(true, MESSAGES, site, cx);
}
