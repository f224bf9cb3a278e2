//! `go get` where there is no module.

use crate::catalog::Toolchain;
use crate::diagnostic::{Edit, Level, Spoils};
use crate::image::go_arguments;
use crate::model::{Base, Stage, Step};
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::{Command, Install, Joint, ShellWord};
use crate::source::Span;
use crate::syntax::Body;

pub const RULE: Rule = Rule {
    name: "go-get-outside-module",
    aliases: &[],
    area: Area::Go,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(Spoils::Build, &Check::Stage(check)),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let Base::Image(image) = &stage.base else { return };
    let row = stage.found.map(|found| found.image);
    let is_go = row.is_some_and(|row| row.toolchain == Some(Toolchain::Go));
    if !is_go || !refuses(image.tag.as_deref().unwrap_or("latest")) {
        return;
    }
    for step in &stage.steps {
        match step.body() {
            // They may bring a module, or switch modules off.
            Body::Copy(_) | Body::Add(_) | Body::Onbuild(_) => return,
            Body::Env(pairs) if pairs.iter().any(|pair| pair.key.text.starts_with("GO")) => return,
            Body::Run(_) if step.mounts().any(|mount| mount.kind() == "bind") => return,
            Body::Run(_) => {}
            _ => continue,
        }
        for command in &step.script.commands {
            if let Some(arguments) = go_arguments(command, &["get"]) {
                if !fails(command, step) {
                    return;
                }
                let message = "`go get` works only inside of a module since Go 1.18; tools come with `go install`";
                let edits = install(command, arguments);
                let found = cx.report(command.span, message);
                if let Some(edits) = edits {
                    found.unsafe_fix("Write `go install ...@latest`", edits);
                }
                return;
            }
            if !brings_no_module(command) {
                return;
            }
        }
    }
}

/// Whether the release behind a tag of `golang` is 1.18 or later.
fn refuses(tag: &str) -> bool {
    let first = tag.split('-').next().unwrap_or_default();
    let minor = first.strip_prefix("1.").map(|rest| rest.split('.').next().unwrap_or_default());
    match minor.map(str::parse::<u32>) {
        Some(Ok(minor)) => minor >= 18,
        Some(Err(_)) => false,
        None => !first.starts_with(|ch: char| ch.is_ascii_digit()) || first == "1",
    }
}

fn fails(command: &Command, step: &Step<'_>) -> bool {
    let or_else = step.script.after(command).is_some_and(|next| next.joint == Joint::Or);
    let set = command.assignments.iter().chain(&command.words).any(|w| w.text.starts_with("GO"));
    command.is_top_level() && command.joint != Joint::Or && !or_else && !set
}

fn brings_no_module(command: &Command) -> bool {
    let harmless = matches!(
        command.program(),
        "addgroup"
            | "adduser"
            | "chmod"
            | "chown"
            | "echo"
            | "mkdir"
            | "rm"
            | "set"
            | "update-ca-certificates"
    );
    let lists = matches!(command.program(), "apk" | "apt" | "apt-get")
        && command
            .subcommand()
            .is_some_and(|verb| matches!(verb.text.as_str(), "clean" | "update"));
    let go = go_arguments(command, &["install"]).or_else(|| go_arguments(command, &["version"]));
    harmless && command.redirects.is_empty()
        || lists
        || go.is_some()
        || Install::of(command).is_some()
}

/// `install` with a version for each tool, and without the flags that only `get` knows.
fn install(command: &Command, arguments: &[ShellWord]) -> Option<Vec<Edit>> {
    let words = &command.words;
    let verb = words.iter().find(|word| word.text == "get")?;
    let mut edits = vec![Edit::replace(verb.span, "install")];
    let mut end = verb.span.end;
    for word in arguments {
        match word.text.as_str() {
            "-u" | "-d" | "-t" | "-f" | "-fix" => {
                edits.push(Edit::delete(Span::new(end, word.span.end)));
            }
            "-v" | "-x" => {}
            text if text.starts_with(['-', '.']) || !word.literal => return None,
            text if text.contains('@') => {}
            _ => edits.push(Edit::insert(word.span.end, "@latest")),
        }
        end = word.span.end;
    }
    Some(edits)
}
