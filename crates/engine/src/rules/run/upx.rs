//! Programs packed with UPX.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;

pub const RULE: Rule = Rule {
    name: "upx",
    aliases: &[],
    area: Area::Run,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&["upx"], check),
};

fn check(command: &Command, _site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let only_looks = ["-t", "--test", "-l", "--list", "-d", "-V", "--version"];
    if only_looks.iter().any(|flag| command.has(flag)) {
        return;
    }
    let message =
        "what UPX saves on disk is hardly less to pull, and each start unpacks it into memory";
    cx.report(command.span, message);
}
