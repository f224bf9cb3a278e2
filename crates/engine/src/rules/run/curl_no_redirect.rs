//! curl that stays at a redirect.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Download, ShellWord};

pub const RULE: Rule = Rule {
    name: "curl-no-redirect",
    aliases: &["tally:curl-should-follow-redirects"],
    area: Area::Run,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&["curl"], check),
};

fn check(command: &Command, _: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Some(download) = Download::of(command).filter(Download::fetches) else { return };
    if download.has(Some('L'), "location") || download.has(None, "location-trusted") {
        return;
    }
    let Some(url) = download.urls.iter().find(|url| redirects(url)) else { return };
    let Some(program) = command.words.first() else { return };
    let edit = Edit::insert(program.span.end, " -L");
    cx.report(url.span, "this address answers with a redirect, and `curl` does not follow it")
        .unsafe_fix("Add `-L`, which follows redirects", vec![edit]);
}

/// Whether a URL is known to redirect: GitHub keeps such files elsewhere.
fn redirects(url: &ShellWord) -> bool {
    const FILES: [&str; 6] =
        ["/releases/", "/archive/", "/raw/", "/tarball/", "/zipball/", "/blob/"];
    let rest = url.text.split_once("://").map_or(url.text.as_str(), |(_, rest)| rest);
    let github = rest.strip_prefix("github.com/").or(rest.strip_prefix("www.github.com/"));
    github.is_some_and(|path| FILES.iter().any(|part| path.contains(part)))
}
