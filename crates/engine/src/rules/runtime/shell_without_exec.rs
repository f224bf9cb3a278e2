//! `sh -c` that stays between Docker and the program.

use crate::catalog::Family;
use crate::diagnostic::{Edit, Level};
use crate::model::Stage;
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::{Joint, is_builtin};
use crate::syntax::{Body, CommandLine};

pub const RULE: Rule = Rule {
    name: "shell-without-exec",
    aliases: &[],
    area: Area::Runtime,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let Some(image) = cx.image(stage) else { return };
    // BusyBox and bash replace themselves by the last command, dash does not.
    let Some(row) = image.base.row() else { return };
    if !matches!(row.family, Family::Debian | Family::Ubuntu) {
        return;
    }
    let Some(entry) = image.entry() else { return };
    for step in &stage.steps {
        let (Body::Cmd(command) | Body::Entrypoint(command)) = step.body() else { continue };
        let CommandLine::Exec(words, span) = command else { continue };
        let [shell, flag, ..] = words.as_slice() else { continue };
        let dash = matches!(shell.text.as_str(), "sh" | "/bin/sh" | "dash" | "/bin/dash");
        if !dash || flag.text != "-c" || !entry.span.contains(*span) {
            continue;
        }
        let Some(last) = step.script.commands.last() else { continue };
        let Some(program) = last.words.first() else { continue };
        let plain = last.is_top_level()
            && matches!(last.joint, Joint::First | Joint::And | Joint::Then)
            && last.assignments.is_empty()
            && program.literal
            && !is_builtin(last.program());
        // With `trap` or `wait`, somebody has thought of it.
        let aware = step.script.commands.iter().any(|command| is_aware(command.program()));
        if !plain || aware || !step.script.whole {
            continue;
        }
        let message = format!(
            "the shell stays the first process, so SIGTERM does not reach `{}`",
            last.program()
        );
        let edit = Edit::insert(program.span.start, "exec ");
        let title = "Let the shell make room with `exec`";
        cx.report(program.span, message).unsafe_fix(title, vec![edit]);
    }
}

fn is_aware(program: &str) -> bool {
    matches!(program, "exec" | "trap" | "wait")
}
