//! Downloads over http.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Download, ShellWord, verifies};
use crate::source::Span;
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "plain-http",
    aliases: &[
        "sonar:S5332",
        "dockerfile_lint:no_add_without_https",
        "dockerfile_lint:no_run_without_https",
    ],
    area: Area::Run,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Run, Keyword::Add, Keyword::Onbuild], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let step = site.step;
    if let Body::Add(add) = step.body() {
        if step.instruction.statement.flag("checksum").is_none() {
            add.sources.iter().for_each(|source| url(&source.text, source.span, cx));
        }
        return;
    }
    // What is checked afterwards may come from anywhere.
    if step.run().is_none() || step.script.commands.iter().any(verifies) {
        return;
    }
    for command in &step.script.commands {
        let fetched = Download::of(command).filter(Download::fetches);
        let words = match &fetched {
            Some(download) => download.urls.as_slice(),
            None if clones(command) => &command.arguments().iter().collect::<Vec<_>>(),
            None => continue,
        };
        words.iter().for_each(|word| url(&word.text, word.span, cx));
    }
}

fn clones(command: &Command) -> bool {
    let clone = |word: &ShellWord| word.text == "clone";
    command.unwrapped_name() == "git" && command.unwrapped().iter().any(clone)
}

fn url(text: &str, span: Span, cx: &mut Context<'_, '_>) {
    let Some(rest) = text.strip_prefix("http://").filter(|rest| !is_near(rest)) else { return };
    let at = span.of(cx.text).find("http://");
    let host = rest.split(['/', '?', ':']).next().unwrap_or_default();
    let message = format!("anybody on the way to `{host}` can change what comes over plain http");
    let found = cx.report(span, message);
    if let Some(at) = at {
        let end = span.start + at as u32 + "http".len() as u32;
        let edit = Edit::insert(end, "s");
        found.unsafe_fix("Write `https://`, if the server has it", vec![edit]);
    }
}

/// Whether a host is not out in the network: this machine, one of the same private network, or one
/// whose name is not known.
fn is_near(rest: &str) -> bool {
    let host = rest.split('/').next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default();
    let private = ["127.", "10.", "192.168.", "169.254.", "0.0.0.0"];
    let local = [".local", ".localhost", ".internal", ".lan", ".test"];
    !name.contains('.')
        || name.contains(['$', '{', '[', '<'])
        || private.iter().any(|start| name.starts_with(start))
        || (name.starts_with("172.") && name.split('.').count() == 4)
        || local.iter().any(|end| name.ends_with(end))
}
