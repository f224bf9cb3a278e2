//! `ln -s /bin/bash /bin/sh` where SHELL is meant.

use crate::diagnostic::{Edit, Level};
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, ShellWord};
use crate::syntax::json_string;

pub const RULE: Rule = Rule {
    name: "shell-via-ln",
    aliases: &["hadolint:DL4005", "kics:ChangingDefaultShell", "semgrep:use-shell-instruction"],
    area: Area::Run,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&["ln"], check),
};

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let operands: Vec<&ShellWord> =
        command.arguments().iter().filter(|word| !word.text.starts_with('-')).collect();
    let is_shell = |word: &&&ShellWord| matches!(&*word.text, "/bin/sh" | "/usr/bin/sh");
    // hadolint does not ask which of the two is the new name.
    let found = match cx.follows(RuleSet::Hadolint) {
        true => operands.iter().find(|word| word.text == "/bin/sh"),
        false => operands.last().filter(is_shell).filter(|_| operands.len() == 2),
    };
    let Some(link) = found else { return };
    let target = operands.first().filter(|word| word.literal && word.text.starts_with('/'));
    let instruction = site.step.instruction;
    let alone = site.step.script.commands.len() == 1 && instruction.statement.flags.is_empty();
    let fix = target.filter(|target| alone && target.text != "/bin/sh").map(|target| {
        let shell = json_string(&target.text);
        Edit::replace(instruction.span(), format!("SHELL [{shell}, \"-c\"]"))
    });
    let codes: &[&'static str] = if link.text == "/bin/sh" { &["DL4005"] } else { &[] };
    let message =
        "another `sh` for the whole image, where only the build should have another shell";
    let report = cx.report(link.span, message).codes(codes);
    if let Some(edit) = fix {
        report.unsafe_fix("Write SHELL, which leaves `/bin/sh` of the image as it is", vec![edit]);
    }
}
