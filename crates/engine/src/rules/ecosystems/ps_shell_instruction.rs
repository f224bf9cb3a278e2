//! PowerShell named in each RUN.

use crate::diagnostic::Level;
use crate::model::{Stage, Step};
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::Command;

pub const RULE: Rule = Rule {
    name: "ps-shell-instruction",
    aliases: &["tally:powershell/prefer-shell-instruction"],
    area: Area::Ecosystems,
    level: Level::Style,
    recommended: false,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let starts = |step: &&Step<'_>| {
        let first = step.run().and(step.script.commands.first());
        let program = first.map_or("", Command::program).trim_end_matches(".exe");
        program.eq_ignore_ascii_case("powershell") || program.eq_ignore_ascii_case("pwsh")
    };
    let mut steps = stage.steps.iter().filter(starts);
    let (Some(first), Some(_)) = (steps.next(), steps.next()) else { return };
    if let Some(command) = first.script.commands.first() {
        let place = command.words.first().map_or(command.span, |word| word.span);
        cx.report(place, "SHELL would name PowerShell once for all RUN of this stage");
    }
}
