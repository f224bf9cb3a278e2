//! A question to a GPU during the build.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Joint};

pub const RULE: Rule = Rule {
    name: "gpu-buildtime-query",
    aliases: &["tally:gpu/no-buildtime-gpu-queries"],
    area: Area::Ecosystems,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&["nvidia-smi", "nvidia-debugdump"], check),
};

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let statement = &site.step.instruction.statement;
    let forgiven = site.step.script.after(command).is_some_and(|next| next.joint == Joint::Or);
    // `--device` hands a GPU to the build.
    if !forgiven && command.is_top_level() && statement.flag("device").is_none() {
        let message = format!("`{}` asks for a GPU, and a build has none", command.program());
        cx.report(command.span, message);
    }
}
