//! curl that gives up at the first failure.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Download};

pub const RULE: Rule = Rule {
    name: "curl-retry",
    aliases: &["tally:prefer-curl-config"],
    area: Area::Run,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&["curl"], check),
};

fn check(command: &Command, _: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Some(download) = Download::of(command).filter(Download::fetches) else { return };
    let Some(program) = command.words.first() else { return };
    if !download.has(None, "retry") && !download.has(Some('K'), "config") {
        let edit = Edit::insert(program.span.end, " --retry 5");
        cx.report(program.span, "`curl` gives up at the first failure of the network")
            .unsafe_fix("Add `--retry 5`, which tries again after failures that pass", vec![edit]);
    }
}
