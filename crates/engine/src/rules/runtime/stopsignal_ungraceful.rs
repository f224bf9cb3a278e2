//! STOPSIGNAL with a signal that no program can handle.

use crate::diagnostic::{Edit, Level};
use crate::refuse::usual_signal;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "stopsignal-ungraceful",
    aliases: &["tally:no-ungraceful-stopsignal"],
    area: Area::Runtime,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Stopsignal], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Body::Stopsignal(word) = site.step.body() else { return };
    let effect = match site.step.text(word).and_then(usual_signal).as_deref() {
        Some("SIGKILL") => "kills the program before it can finish anything",
        Some("SIGSTOP") => "only freezes the program, which is killed afterwards",
        _ => return,
    };
    let message = format!("`docker stop` sends `{}`, which {effect}", word.text);
    let edit = Edit::replace(word.span, "SIGTERM");
    cx.report(word.span, message)
        .unsafe_fix("Send SIGTERM, which the program may handle", vec![edit]);
}
