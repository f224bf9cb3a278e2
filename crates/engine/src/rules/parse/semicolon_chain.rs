//! Commands joined by `;`, which goes on after a failure.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Joint;
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
    if site.step.shell.stops_at_failure() || site.step.script.stops_at_failure() {
        return;
    }
    let script = &site.step.script;
    for command in script.commands.iter().filter(|command| command.depth == 0) {
        let Some(next) = script.after(command) else { continue };
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
        let found = cx.report(next.joint_span, message);
        // Behind `;`, a word such as `then` may have to stand.
        if command.blocks == 0 && next.blocks == 0 {
            found.unsafe_fix("Write `&&`, so that a failure stops the build", edits);
        }
    }
}

const NEVER_FAIL: [&str; 8] = [":", "echo", "exit", "export", "printf", "return", "set", "true"];
