//! wget's progress bar in a log.

use crate::catalog::Libc;
use crate::diagnostic::{Edit, Level};
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Download, ShellWord};

pub const RULE: Rule = Rule {
    name: "wget-progress",
    aliases: &["hadolint:DL3047", "droast:DF056"],
    area: Area::Run,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&["wget"], check),
};

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let silent = command.arguments().iter().any(quietens);
    let fetches = || Download::of(command).is_some_and(|found| found.fetches());
    let unseen =
        || command.redirects.iter().any(|redirect| redirect.operator.starts_with(['2', '&']));
    if silent || !cx.follows(RuleSet::Hadolint) && (!fetches() || unseen()) {
        return;
    }
    let Some(program) = command.words.first() else { return };
    // The wget of BusyBox knows nothing else; the one of GNU can still report errors.
    let image = site.stage.and_then(|stage| cx.image(stage));
    let gnu = image.and_then(|image| image.base.row()).is_some_and(|row| row.libc == Libc::Glibc);
    let flag = if gnu { "-nv" } else { "-q" };
    let edit = Edit::insert(program.span.end, format!(" {flag}"));
    cx.report(program.span, "`wget` fills the log of the build with its progress bar")
        .safe_fix(format!("Add `{flag}`"), vec![edit]);
}

/// Whether an argument keeps the progress out of the log.
fn quietens(word: &ShellWord) -> bool {
    const NAMES: [&str; 5] = ["append-output", "no-verbose", "output-file", "progress", "quiet"];
    if let Some(long) = word.text.strip_prefix("--") {
        return NAMES.contains(&long.split('=').next().unwrap_or_default());
    }
    let letters = word.text.strip_prefix('-').unwrap_or_default();
    letters == "nv" || letters.contains(['q', 'o', 'a'])
}
