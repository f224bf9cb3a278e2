//! What Windows containers do not support.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "win-unsupported",
    aliases: &[
        "tally:windows/no-chown-flag",
        "tally:windows/no-run-mounts",
        "tally:windows/no-stopsignal",
    ],
    area: Area::Ecosystems,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(
        &[Keyword::Copy, Keyword::Add, Keyword::Run, Keyword::Stopsignal],
        check,
    ),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Some(stage) = site.stage else { return };
    if !cx.model.is_windows(stage) {
        return;
    }
    let statement = &site.step.instruction.statement;
    if statement.keyword == Keyword::Stopsignal {
        let base = stage.base_text();
        let message =
            format!("`{base}` is an image for Windows, which has no signals to stop with");
        cx.report(statement.keyword_word.span, message);
        return;
    }
    for flag in &statement.flags {
        let (message, level) = match flag.name.as_str() {
            "chown" | "chmod" => {
                ("Windows has no such owners and modes, so it has no effect", Level::Warning)
            }
            "mount" => {
                ("builds of Windows containers have no mounts, so this one fails", Level::Error)
            }
            _ => continue,
        };
        let edit = cx.removal(flag);
        let found = cx.report(flag.span, format!("`--{}`: {message}", flag.name)).level(level);
        if level == Level::Warning {
            found.safe_fix("Remove the flag", vec![edit]);
        }
    }
}
