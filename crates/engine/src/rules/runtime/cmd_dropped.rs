//! CMD that an ENTRYPOINT in shell form never hands on.

use crate::diagnostic::{Level, Spoils};
use crate::model::{Stage, Step};
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::{Body, CommandLine, Keyword};

pub const RULE: Rule = Rule {
    name: "cmd-dropped",
    aliases: &[],
    area: Area::Runtime,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(Spoils::Use, &Check::Stage(check)),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let Some(image) = cx.image(stage) else { return };
    let (Some(entry), Some(cmd)) = (&image.entrypoint, &image.cmd) else { return };
    let at = |step: &&Step<'_>, span| step.instruction.statement.arguments.span == span;
    let mut entries = stage.steps_of(Keyword::Entrypoint);
    let Some(step) = entries.find(|step| at(step, entry.span)) else { return };
    let own = stage.steps_of(Keyword::Cmd).any(|step| at(&step, cmd.span));
    let Body::Entrypoint(CommandLine::Shell(text)) = step.body() else { return };
    // `$0` is the first word of CMD, `$1` the second.
    let takes = text.text.split('$').skip(1).any(|rest| {
        rest.trim_start_matches('{').starts_with(|next: char| matches!(next, '@' | '*' | '0'..='9'))
    });
    if takes || !own {
        return;
    }
    let message = "ENTRYPOINT runs through a shell, so these words never reach the program";
    cx.report(cmd.span, message).related(entry.span, "the shell form takes no arguments");
}
