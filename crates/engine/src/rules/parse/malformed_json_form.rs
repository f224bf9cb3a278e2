//! Brackets that were meant for the exec form, and are not JSON.

use crate::diagnostic::{Level, Spoils};
use crate::rules::{Area, Check, Context, Rule, Site, brackets};

// Shares `tally:invalid-json-form` with `json-single-quotes`: tally has one code for both.
pub const RULE: Rule = Rule {
    name: "malformed-json-form",
    aliases: &[
        "tally:invalid-json-form",
        "sonar:S7030",
        "dockadvisor:RunInvalidExecForm",
        "dockadvisor:CmdInvalidExecForm",
        "dockadvisor:EntrypointInvalidExecForm",
        "dockadvisor:VolumeInvalidJsonForm",
        "dockerlint:json_array_brackets",
        "dockerlint:json_array_format",
        "slim:ID.20013",
    ],
    area: Area::Parse,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(Spoils::Use, &Check::Instruction(&brackets::KEYWORDS, check)),
};

const MESSAGES: [&str; 2] = [
    "this is not JSON, so a shell runs the text, brackets and all",
    "this is not JSON, so brackets and quotes are part of the paths",
];

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    brackets::check(false, MESSAGES, site, cx);
}
