//! WORKDIR with blanks in its path, or with a comment behind it.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::source::Span;
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "workdir-spaces",
    aliases: &["dockerfilelint:invalid_workdir"],
    area: Area::UserWorkdirExpose,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Workdir], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Body::Workdir(word) = site.step.body() else { return };
    let text = word.text.as_str();
    // Quotes and escapes say that the blank is meant.
    if !text.contains([' ', '\t']) || text.contains(['"', '\'', cx.tree.escape]) {
        return;
    }
    let comment = text.find(" #").or_else(|| text.find("\t#"));
    let verbatim = word.span.of(cx.text) == text;
    let Some(at) = comment else {
        let found = cx.report(word.span, format!("`{text}` is one path with a blank in it"));
        if verbatim {
            let edit = Edit::replace(word.span, format!("\"{text}\""));
            found.safe_fix("Put it in quotes", vec![edit]);
        }
        return;
    };
    let path = text.get(..at).unwrap_or_default().trim_end();
    let found =
        cx.report(word.span, "the comment is part of the path: comments need a line of their own");
    if verbatim {
        let rest = Span::new(word.span.start + path.len() as u32, word.span.end);
        found.unsafe_fix(format!("Write `{path}`"), vec![Edit::delete(rest)]);
    }
}
