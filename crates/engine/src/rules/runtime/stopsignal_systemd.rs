//! systemd, which shuts down on SIGRTMIN+3 only.

use crate::catalog::Family;
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
        let image = cx.image(stage);
        stop_signal::check(
            stage,
            "SIGRTMIN+3",
            "shuts down",
            |entry| {
                // BusyBox has a program of this name, which is no systemd.
                let alpine = image.is_some_and(|image| {
                    image.base.row().is_some_and(|row| row.family == Family::Alpine)
                });
                entry.program_name() == "systemd"
                    || matches!(entry.program.as_deref(), Some("/sbin/init" | "/usr/sbin/init"))
                        && !alpine
            },
            cx,
        );
    }),
};
