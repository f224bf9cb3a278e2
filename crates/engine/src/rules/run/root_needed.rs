//! RUN that needs root, behind a USER who is not.

use crate::diagnostic::{Edit, Level, Spoils};
use crate::model::{Stage, Step};
use crate::rules::users::{is_certainly_not_root, user_below};
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::{Command, Manager};
use crate::syntax::{Body, CommandLine, Keyword};

pub const RULE: Rule = Rule {
    name: "root-needed",
    aliases: &[],
    area: Area::Run,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(Spoils::Build, &Check::Stage(check)),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let mut user = user_below(stage, cx);
    let mut steps = stage.steps.iter().peekable();
    while let Some(step) = steps.next() {
        match step.body() {
            Body::User(word) => user = step.text(word).map(str::to_owned),
            Body::Run(CommandLine::Shell(_)) => {}
            _ => continue,
        }
        let Some(name) = user.as_deref().filter(|user| is_certainly_not_root(user)) else {
            continue;
        };
        let certain = |command: &&Command| {
            command.is_top_level() && needs_root(command) && !step.script.is_caught(command)
        };
        let Some(command) = step.script.commands.iter().find(certain) else { continue };
        let message = format!("`{}` needs root, and this runs as `{name}`", command.program());
        let before = Edit::insert(step.instruction.span().start, "USER root\n");
        let mut edits = vec![before];
        if steps.peek().is_none_or(|next| next.keyword() != Keyword::User) {
            edits.push(back_to(name, step, cx));
        }
        let found = cx.report(command.span, message);
        found.unsafe_fix("Be root for this RUN", edits);
    }
}

fn back_to(user: &str, step: &Step<'_>, cx: &Context<'_, '_>) -> Edit {
    let end = cx.extent(step.instruction.span()).end;
    let whole = (end as usize) < cx.text.len() || cx.text.ends_with('\n');
    let line = if whole { format!("USER {user}\n") } else { format!("\nUSER {user}") };
    Edit::insert(end, line)
}

fn needs_root(command: &Command) -> bool {
    const ACCOUNTS: [&str; 6] =
        ["addgroup", "adduser", "groupadd", "update-ca-certificates", "useradd", "usermod"];
    const VERBS: [&str; 7] =
        ["add", "del", "dist-upgrade", "install", "remove", "update", "upgrade"];
    let manages = Manager::of(command).is_some_and(Manager::is_of_distribution);
    let own_root =
        ["--root", "-p", "--installroot", "--download-only", "--print-uris", "-s", "--help"];
    let verb = command.subcommand().is_some_and(|verb| VERBS.contains(&&*verb.text));
    match manages {
        true => verb && !command.arguments().iter().any(|word| own_root.contains(&&*word.text)),
        false => ACCOUNTS.contains(&command.program()) && !command.has("--help"),
    }
}
