//! CMD and ENTRYPOINT that run through a shell.

use crate::diagnostic::{Edit, Level};
use crate::model::{Base, Stage, Step};
use crate::report::RuleSet;
use crate::rules::exec_form::{exec_form, starts_without_shell};
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::{Body, CommandLine, Keyword, instruction::Healthcheck};

pub const RULE: Rule = Rule {
    name: "shell-form",
    aliases: &["hadolint:DL3025", "buildkit:JSONArgsRecommended"],
    area: Area::Runtime,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let parent = match stage.base {
        Base::Stage(parent) => cx.images.get(parent),
        _ => None,
    };
    let mut chosen_shell = parent.is_some_and(|image| image.shell.is_some());
    for step in &stage.steps {
        match step.body() {
            Body::Shell(_) => chosen_shell = true,
            Body::Cmd(command) | Body::Entrypoint(command) => {
                match command {
                    CommandLine::Shell(_) => report(step, stage, chosen_shell, cx),
                    // BuildKit takes nothing at all for a shell form.
                    CommandLine::Empty if cx.follows(RuleSet::BuildKit) => {
                        report(step, stage, chosen_shell, cx);
                    }
                    _ => {}
                }
            }
            // A health check has no signals to handle, and `|| exit 1` asks for a shell.
            Body::Healthcheck(Healthcheck::Command(CommandLine::Shell(text)))
                if cx.follows(RuleSet::Hadolint) =>
            {
                cx.report(text.span, "HEALTHCHECK runs through a shell").codes(&["DL3025"]);
            }
            _ => {}
        }
    }
}

fn report(step: &Step<'_>, stage: &Stage<'_>, chosen_shell: bool, cx: &mut Context<'_, '_>) {
    let script = &step.script;
    let uses_exec = script.commands.last().is_some_and(|last| last.program() == "exec");
    let follows_peer = cx.follows(RuleSet::Hadolint) || cx.follows(RuleSet::BuildKit);
    // Who names a shell, or leaves it with `exec`, wants it. Where there is none, missing-shell says so.
    let silent = chosen_shell || uses_exec || starts_without_shell(step, stage, cx);
    if silent && !follows_peer {
        return;
    }
    let keyword = step.keyword();
    let arguments = &step.instruction.statement.arguments;
    let message = if arguments.text.starts_with('[') {
        format!("the array of {} is not valid JSON, so a shell runs it as text", keyword.name())
    } else if keyword == Keyword::Entrypoint {
        "ENTRYPOINT runs through a shell, which takes the signals and drops the arguments of CMD"
            .to_owned()
    } else {
        "CMD runs through a shell, which may keep signals from the program".to_owned()
    };
    let array = exec_form(script, arguments.span, cx.text);
    let mut found = cx.report(arguments.span, message);
    // BuildKit takes SHELL for a decision.
    if chosen_shell {
        found = found.codes(&["DL3025"]);
    }
    if let Some(array) = array {
        let title = format!("Write `{} {array}`, which no shell reads any more", keyword.name());
        found.unsafe_fix(title, vec![Edit::replace(arguments.span, array)]);
    }
}
