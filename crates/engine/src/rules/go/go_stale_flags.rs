//! Flags of `go build` from old guides.

use crate::diagnostic::Edit;
use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "go-stale-flags",
    aliases: &[],
    area: Area::Go,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&["go"], check),
};

fn check(command: &Command, _site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let verb = command.subcommand().map_or("", |verb| verb.text.as_str());
    if !matches!(verb, "build" | "install") {
        return;
    }
    let mut end = command.span.start;
    let mut words = command.arguments().iter().peekable();
    while let Some(word) = words.next() {
        let mut last = word.span;
        let message = match word.text.as_str() {
            "-a" => "`-a` compiles every package again and ignores the build cache",
            "-installsuffix" | "--installsuffix" => {
                last = words.next().map_or(last, |value| value.span);
                "`-installsuffix` has had no use in such a build since Go 1.10"
            }
            text if text.starts_with("-installsuffix=") => {
                "`-installsuffix` has had no use in such a build since Go 1.10"
            }
            _ => {
                end = word.span.end;
                continue;
            }
        };
        let edit = Edit::delete(Span::new(end, last.end));
        end = last.end;
        cx.report(word.span.cover(last), message).safe_fix("Remove it", vec![edit]);
    }
}
