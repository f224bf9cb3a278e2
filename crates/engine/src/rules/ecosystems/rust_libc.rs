//! A Rust program that does not find what it is linked against in the image that starts it.

use crate::diagnostic::{Level, Spoils};
use crate::rules::linking::{self, About};
use crate::rules::{Area, Check, Rule};

pub const RULE: Rule = Rule {
    name: "rust-libc",
    aliases: &[],
    area: Area::Ecosystems,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(Spoils::Start, &Check::File(|cx| linking::check(About::Rust, cx))),
};
