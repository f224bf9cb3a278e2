//! pip that takes any certificate.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Invocation, Manager};
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "pip-trusted-host",
    aliases: &["checkov:CKV2_DOCKER_4"],
    area: Area::Packages,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&[], check),
};

const MESSAGE: &str = "takes whatever certificate this host shows, or none";

fn check(command: &Command, _: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let program = command.program();
    if !program.starts_with("pip") && !program.starts_with("python") {
        return;
    }
    let Some(found) = Invocation::of(command).filter(|found| found.manager == Manager::Pip) else {
        return;
    };
    for flag in found.flags().filter(|flag| flag.name == "--trusted-host") {
        let before = command.words.iter().rev().find(|word| word.span.end <= flag.word.span.start);
        let start = before.map_or(flag.word.span.start, |word| word.span.end);
        let end = flag.value.unwrap_or(flag.word).span.end;
        let title = "Remove `--trusted-host`, and fail where the certificate is not valid";
        cx.report(Span::new(flag.word.span.start, end), format!("`--trusted-host` {MESSAGE}"))
            .unsafe_fix(title, vec![Edit::delete(Span::new(start, end))]);
    }
    let setting = found.arguments().find(|word| word.text.ends_with(".trusted-host"));
    if let Some(word) = setting.filter(|_| found.verb.text == "config" && command.has("set")) {
        cx.report(word.span, format!("`{}` {MESSAGE}", word.text));
    }
}
