//! What ShellCheck says of the scripts of RUN.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule};

pub const RULE: Rule = Rule {
    name: "shellcheck",
    aliases: &["shellcheck:SC", "tally:shellcheck"],
    area: Area::Run,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Scripts,
};
