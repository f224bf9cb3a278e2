//! curl that takes an error page for the file.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Download, Script, verifies};

pub const RULE: Rule = Rule {
    name: "curl-no-fail",
    aliases: &["droast:DF035"],
    area: Area::Run,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&["curl"], check),
};

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Some(download) = Download::of(command).filter(Download::fetches) else { return };
    let fails = download.has(Some('f'), "fail") || download.has(None, "fail-with-body");
    // Flags from a variable may say it.
    let open = command.arguments().iter().any(|word| !word.literal && word.text.starts_with('$'));
    if fails || (open && download.urls.len() > 1) || download.has(Some('K'), "config") {
        return;
    }
    if notices(command, &site.step.script) {
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

/// So many commands behind the download are asked.
const NEAR: usize = 16;

/// Whether something fails on an error page anyway: a check of the sum, or tar, which wants an
/// archive.
fn notices(command: &Command, script: &Script) -> bool {
    let unpacks = |reader: &Command| matches!(reader.unwrapped_program(), "bsdtar" | "tar");
    let from = script.commands.partition_point(|other| other.span.start <= command.span.start);
    let mut later = script.commands.get(from..).unwrap_or_default().iter().take(NEAR);
    script.reader_of(command).is_some_and(unpacks) || later.any(verifies)
}
