//! curl that takes an error page for the file.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Download};

pub const RULE: Rule = Rule {
    name: "curl-no-fail",
    aliases: &["droast:DF035"],
    area: Area::Run,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&["curl"], check),
};

fn check(command: &Command, _: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Some(download) = Download::of(command).filter(Download::fetches) else { return };
    let fails = download.has(Some('f'), "fail") || download.has(None, "fail-with-body");
    // Flags from a variable may say it.
    let open = command.arguments().iter().any(|word| !word.literal && word.text.starts_with('$'));
    if fails || (open && download.urls.len() > 1) || download.has(Some('K'), "config") {
        return;
    }
    let Some(program) = command.words.first() else { return };
    let edit = match command.arguments().first() {
        Some(flags) if flags.text.starts_with("-s") && flags.text.len() < 6 => {
            Edit::insert(flags.span.start + 1, "f")
        }
        _ => Edit::insert(program.span.end, " -f"),
    };
    cx.report(program.span, "without `-f`, an error page of the server counts as the file")
        .unsafe_fix("Add `-f`, which fails where the server reports an error", vec![edit]);
}
