//! Commands that need a shell, on an image without one.

use crate::diagnostic::{Edit, Level, Spoils};
use crate::image::{lacks_shell, lacks_shell_at};
use crate::model::{Stage, Step};
use crate::rules::exec_form::{exec_form, is_entry};
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
    check: Check::Decides(Spoils::Start, &Check::Stage(check)),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    for step in &stage.steps {
        match step.body() {
            Body::Cmd(command) | Body::Entrypoint(command) if is_entry(step, stage, cx) => {
                report(command, step, stage, Spoils::Start, cx);
            }
            Body::Healthcheck(Healthcheck::Command(command)) => {
                report(command, step, stage, Spoils::Use, cx);
            }
            _ => {}
        }
    }
}

fn report(
    command: &CommandLine,
    step: &Step<'_>,
    stage: &Stage<'_>,
    spoils: Spoils,
    cx: &mut Context<'_, '_>,
) {
    let (span, what, array) = match command {
        CommandLine::Shell(text) if lacks_shell(cx.images, stage.index) => {
            (text.span, "the shell form", exec_form(&step.script, text.span, cx.text))
        }
        CommandLine::Exec(words, _) => match words.first() {
            Some(program)
                if is_shell(&program.text)
                    && lacks_shell_at(cx.images, stage.index, &program.text) =>
            {
                (program.span, program.text.as_str(), None)
            }
            _ => return,
        },
        CommandLine::Shell(_) | CommandLine::Empty => return,
    };
    let base = stage.base_text();
    let name = step.keyword().name();
    let consequence = match spoils {
        Spoils::Use => "the check always fails",
        _ => "the container cannot start",
    };
    let message =
        format!("{what} of {name} needs a shell, and `{base}` has none, so {consequence}");
    let found = cx.report(span, message).spoils(Some(spoils));
    if let Some(array) = array {
        let title = format!("Write `{array}`, which needs no shell");
        found.unsafe_fix(title, vec![Edit::replace(span, array)]);
    }
}
