//! CMD and ENTRYPOINT that run through a shell.

use crate::diagnostic::{Edit, Level};
use crate::model::{Base, Stage, Step};
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::{Script, is_builtin};
use crate::syntax::{Body, CommandLine, Keyword, instruction::Healthcheck, json_string};

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
                    CommandLine::Shell(_) => report(step, chosen_shell, cx),
                    // BuildKit takes nothing at all for a shell form.
                    CommandLine::Empty if cx.follows(RuleSet::BuildKit) => {
                        report(step, chosen_shell, cx);
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

fn report(step: &Step<'_>, chosen_shell: bool, cx: &mut Context<'_, '_>) {
    let script = &step.script;
    let uses_exec = script.commands.last().is_some_and(|last| last.program() == "exec");
    // Who names a shell, or leaves it with `exec`, wants it.
    let wanted = chosen_shell || uses_exec;
    if wanted && !cx.follows(RuleSet::Hadolint) && !cx.follows(RuleSet::BuildKit) {
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
    let array = exec_form(script, step, cx.text);
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

/// The JSON array that starts the same program, where the text is one command without anything
/// that only a shell understands.
fn exec_form(script: &Script, step: &Step<'_>, text: &str) -> Option<String> {
    let [command] = script.commands.as_slice() else { return None };
    let arguments = &step.instruction.statement.arguments;
    let plain = command.span == arguments.span
        && command.assignments.is_empty()
        && command.redirects.is_empty()
        && command.words.iter().all(|word| word.literal)
        && !is_builtin(command.program())
        && !command.span.of(text).contains(['*', '?', '[', '{', '~', '#']);
    let strings: Vec<_> = command.words.iter().map(|word| json_string(&word.text)).collect();
    plain.then(|| format!("[{}]", strings.join(", ")))
}
