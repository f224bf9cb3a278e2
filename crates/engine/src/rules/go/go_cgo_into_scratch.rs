//! A Go program that needs a libc, on an image without one.

use crate::diagnostic::{Level, Spoils};
use crate::rules::linking::{self, About};
use crate::rules::{Area, Check, Rule};

pub const RULE: Rule = Rule {
    name: "go-cgo-into-scratch",
    aliases: &["dockopt:GO002", "go-runtime-compat:CCG033"],
    area: Area::Go,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(
        Spoils::Start,
        &Check::File(|cx| linking::check(About::GoWithoutLibc, cx)),
    ),
};
