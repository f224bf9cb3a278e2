//! PowerShell that goes on after an error.

use crate::diagnostic::{Edit, Level};
use crate::model::ShellKind;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::suggest::lower;
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "ps-error-preference",
    aliases: &["tally:powershell/error-action-preference"],
    area: Area::Ecosystems,
    level: Level::Warning,
    recommended: false,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Shell], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Body::Shell(words) = site.step.body() else { return };
    let stops = words.iter().any(|word| lower(&word.text).contains("erroractionpreference"));
    if let (ShellKind::PowerShell, false, Some(last)) = (site.step.shell.kind, stops, words.last())
    {
        let message = "PowerShell goes on after most errors, and the build with it";
        let text = "\"$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue';\"";
        let edit = Edit::insert(last.span.end, format!(", {text}"));
        let found = cx.report(last.span, message);
        if last.text.eq_ignore_ascii_case("-command") {
            found.unsafe_fix("Stop at the first error, and draw no progress bars", vec![edit]);
        }
    }
}
