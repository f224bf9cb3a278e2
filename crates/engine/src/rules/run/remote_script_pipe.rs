//! Scripts that go from the network straight into a shell.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Download, Script, is_shell};
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "remote-script-pipe",
    aliases: &["droast:DF021"],
    area: Area::Run,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&[], check),
};

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let script = &site.step.script;
    // Nothing is handed on, neither by a pipe nor by `$( )`.
    if script.reader_of(command).is_none() && script.inside(command).next().is_none() {
        return;
    }
    let program = command.unwrapped_program();
    if runs_scripts(program) || matches!(program, "eval" | "source" | ".") {
        // `sh -c "$(curl ...)"`, `bash <(curl ...)`
        let downloads = |inner: &&Command| inner.substitution && Download::of(inner).is_some();
        if let Some(download) = script.inside(command).find(downloads) {
            report(download.span, program, cx);
        }
    } else if Download::of(command).is_some()
        && let Some(reader) = last_reader(script, command)
    {
        report(command.span.cover(reader.span), reader.unwrapped_program(), cx);
    }
}

fn report(span: Span, program: &str, cx: &mut Context<'_, '_>) {
    let message = format!("whatever the server sends is run by `{program}`, unseen and unchecked");
    cx.report(span, message);
}

/// The interpreter at the end of a pipe: also behind filters such as `sed`.
fn last_reader<'s>(script: &'s Script, download: &Command) -> Option<&'s Command> {
    let mut reader = script.reader_of(download)?;
    for _ in 0..3 {
        if runs_scripts(reader.unwrapped_program()) && reads_program(reader) {
            return Some(reader);
        }
        reader = script.reader_of(reader)?;
    }
    None
}

fn runs_scripts(program: &str) -> bool {
    let name = program.trim_end_matches(|ch: char| ch.is_ascii_digit() || ch == '.');
    is_shell(name) || matches!(name, "python" | "perl" | "ruby" | "node" | "php")
}

/// Whether an interpreter reads its program from the pipe: nothing else names one.
fn reads_program(command: &Command) -> bool {
    let words = command.unwrapped();
    let shell = words.first().is_some_and(|word| is_shell(&word.text));
    let mut arguments = words.iter().skip(1);
    if shell && arguments.clone().any(|word| word.text == "-s") {
        return true;
    }
    arguments.all(|word| {
        let flag = word.text.strip_prefix('-');
        flag.is_some_and(|flag| !flag.contains(['c', 'e', 'm', 'n', 'p', 'r']))
            || (shell && flag.is_some_and(|flag| !flag.contains('c')))
    })
}
