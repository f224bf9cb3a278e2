//! systemd, which shuts down on SIGRTMIN+3 only.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule, stop_signal};

pub const RULE: Rule = Rule {
    name: "stopsignal-systemd",
    aliases: &["tally:prefer-systemd-sigrtmin-plus-3"],
    area: Area::Runtime,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(|stage, cx| {
        stop_signal::check(
            stage,
            "SIGRTMIN+3",
            "shuts down",
            |entry| entry.program_name() == "systemd",
            cx,
        );
    }),
};
