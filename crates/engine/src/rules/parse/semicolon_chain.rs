//! Commands joined by `;`, which goes on after a failure.

use crate::diagnostic::{Edit, Level};
use crate::model::ShellKind;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Joint};
use crate::source::Span;
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "semicolon-chain",
    aliases: &["dockerfile_lint:no_ampersand_usage"],
    area: Area::Parse,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Run, Keyword::Onbuild], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let (script, shell) = (&site.step.script, &site.step.shell);
    let first = script.commands.first().map_or("", |command| command.program());
    let known = matches!(shell.kind, ShellKind::Sh | ShellKind::Bash)
        && cx.tree.escape != '`'
        && !matches!(first, "powershell" | "pwsh" | "cmd");
    if !known || shell.stops_at_failure() || script.stops_at_failure() {
        return;
    }
    // In the branches of `if` and the like, a failure may be what is asked for.
    let plain = |command: &&Command| command.depth == 0 && command.blocks == 0;
    for command in script.commands.iter().filter(plain) {
        let Some(next) = script.after(command).filter(plain) else { continue };
        let gap = Span::new(command.span.end, next.joint_span.start);
        let (text, name) = (cx.text, command.words.first().map_or("", |word| &word.text));
        let joined = next.joint == Joint::Then
            && next.joint_span.of(text) == ";"
            && gap.of(text).trim_matches([' ', '\t']).is_empty();
        if !joined || command.joint == Joint::Or || name.is_empty() || NEVER_FAIL.contains(&name) {
            continue;
        }
        let message = format!("if `{name}` fails, the build goes on behind this `;`");
        let edits = vec![Edit::replace(gap.cover(next.joint_span), " &&")];
        cx.report(next.joint_span, message)
            .unsafe_fix("Write `&&`, so that a failure stops the build", edits);
    }
}

const NEVER_FAIL: [&str; 8] = [":", "echo", "exit", "export", "printf", "return", "set", "true"];
