//! nginx, which finishes its requests on SIGQUIT only.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule, stop_signal};

pub const RULE: Rule = Rule {
    name: "stopsignal-nginx",
    aliases: &["tally:prefer-nginx-sigquit"],
    area: Area::Runtime,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(|stage, cx| {
        stop_signal::check(
            stage,
            "SIGQUIT",
            "finishes its requests",
            |entry| matches!(entry.program_name(), "nginx" | "openresty"),
            cx,
        );
    }),
};
