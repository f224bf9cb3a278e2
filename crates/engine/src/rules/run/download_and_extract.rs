//! Archives that RUN fetches and unpacks.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Download};

pub const RULE: Rule = Rule {
    name: "download-and-extract",
    aliases: &["tally:prefer-add-unpack"],
    area: Area::Run,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&["curl", "wget"], check),
};

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Some(download) = Download::of(command).filter(Download::fetches) else { return };
    let [url] = download.urls.as_slice() else { return };
    let script = &site.step.script;
    let unpacks = |next: &&Command| matches!(next.unwrapped_program(), "tar" | "bsdtar");
    let piped = script.reader_of(command).filter(unpacks);
    let named = || {
        let file = download.output?;
        script.after(command).filter(unpacks).filter(|next| next.has(&file.text))
    };
    if url.literal && command.is_top_level() && piped.or_else(named).is_some() {
        let message = "ADD fetches and unpacks this archive by itself, with a cache and a checksum";
        cx.report(url.span, message);
    }
}
