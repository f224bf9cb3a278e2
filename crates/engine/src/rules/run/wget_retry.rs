//! wget that gives up where trying again would help.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Download};

pub const RULE: Rule = Rule {
    name: "wget-retry",
    aliases: &["tally:prefer-wget-config"],
    area: Area::Run,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&["wget"], check),
};

fn check(command: &Command, _: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Some(download) = Download::of(command).filter(Download::fetches) else { return };
    const NAMES: [&str; 4] =
        ["retry-connrefused", "retry-on-host-error", "retry-on-http-error", "tries"];
    let retries =
        NAMES.iter().any(|name| download.has(None, name)) || download.has(Some('t'), "tries");
    if let Some(program) = command.words.first().filter(|_| !retries) {
        let edit = Edit::insert(program.span.end, " --tries=5 --retry-connrefused");
        cx.report(
            program.span,
            "`wget` gives up where a server refuses the connection for a moment",
        )
        .unsafe_fix("Try again, which the wget of BusyBox cannot", vec![edit]);
    }
}
