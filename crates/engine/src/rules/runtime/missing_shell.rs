//! Commands that need a shell, on an image without one.

use crate::diagnostic::Level;
use crate::image::lacks_shell;
use crate::model::{Stage, Step};
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::is_shell;
use crate::syntax::{Body, CommandLine, instruction::Healthcheck};

pub const RULE: Rule = Rule {
    name: "missing-shell",
    aliases: &[],
    area: Area::Runtime,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    if !lacks_shell(cx.images, stage.index) {
        return;
    }
    for step in &stage.steps {
        match step.body() {
            Body::Cmd(command) | Body::Entrypoint(command) => {
                // The arguments of ENTRYPOINT are no program.
                let entry = cx.image(stage).and_then(|image| image.entry());
                let place = step.instruction.statement.arguments.span;
                if entry.is_some_and(|entry| entry.span == place) {
                    report(command, step, stage, "the container cannot start", cx);
                }
            }
            Body::Healthcheck(Healthcheck::Command(command)) => {
                report(command, step, stage, "the check always fails", cx);
            }
            _ => {}
        }
    }
}

fn report(
    command: &CommandLine,
    step: &Step<'_>,
    stage: &Stage<'_>,
    consequence: &str,
    cx: &mut Context<'_, '_>,
) {
    let (span, what) = match command {
        CommandLine::Shell(text) => (text.span, "the shell form"),
        CommandLine::Exec(words, _) => match words.first() {
            Some(program) if is_shell(&program.text) => (program.span, program.text.as_str()),
            _ => return,
        },
        CommandLine::Empty => return,
    };
    let base = stage.base_text();
    let name = step.keyword().name();
    let message =
        format!("{what} of {name} needs a shell, and `{base}` has none, so {consequence}");
    cx.report(span, message);
}
