//! The end of a heredoc behind blanks.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::source::Span;
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "sc1040-heredoc",
    aliases: &["shellcheck:SC1040"],
    area: Area::Run,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Run, Keyword::Onbuild], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    // A linter of scripts, where there is one, says the same.
    if cx.scripts.is_some() {
        return;
    }
    for line in &site.step.script.near_ends {
        let text = line.of(cx.text);
        let name = text.trim();
        let start = line.start + (text.len() - text.trim_start().len()) as u32;
        let place = Span::new(start, start + name.len() as u32);
        let edit = Edit::replace(Span::new(line.start, start), "\t");
        cx.report(
            place,
            "blanks before this name: `<<-` takes away tabs only, so the text goes on",
        )
        .unsafe_fix("Indent it with a tab, which ends the text here", vec![edit]);
    }
}
