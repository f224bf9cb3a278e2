//! A Go program linked against another libc than that of the image that starts it.

use crate::diagnostic::{Level, Spoils};
use crate::rules::linking::{self, About};
use crate::rules::{Area, Check, Rule};

pub const RULE: Rule = Rule {
    name: "go-cgo-stage-mismatch",
    aliases: &["go-runtime-compat:CCG041", "go-runtime-compat:CCG030", "go-runtime-compat:CCG032"],
    area: Area::Go,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(
        Spoils::Start,
        &Check::File(|cx| linking::check(About::GoWithAnother, cx)),
    ),
};
