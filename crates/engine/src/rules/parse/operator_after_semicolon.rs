//! Operators of the shell with nothing before or behind them.

use crate::diagnostic::{Edit, Level};
use crate::model::ShellKind;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::StrayPlace;
use crate::source::Span;
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "operator-after-semicolon",
    aliases: &["whalelint:RUN003"],
    area: Area::Parse,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&KEYWORDS, check),
};

const KEYWORDS: [Keyword; 5] =
    [Keyword::Run, Keyword::Cmd, Keyword::Entrypoint, Keyword::Healthcheck, Keyword::Onbuild];

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let known = matches!(site.step.shell.kind, ShellKind::Sh | ShellKind::Bash);
    // With a backtick as escape character it is Windows that builds.
    if !known || cx.tree.escape == '`' {
        return;
    }
    let text = cx.text;
    for stray in &site.step.script.strays {
        let operator = stray.span.of(text);
        let before = match stray.place {
            StrayPlace::Behind(before) => before,
            StrayPlace::First | StrayPlace::Last => {
                let side = if stray.place == StrayPlace::First { "before" } else { "behind" };
                cx.report(stray.span, format!("`{operator}` has no command {side} it"));
                continue;
            }
        };
        let other = before.of(text);
        let kept = Span::new(0, before.start).of(text).trim_end_matches([' ', '\t']);
        let start = kept.len() as u32;
        let message = format!("`{operator}` stands right behind `{other}`, which no shell accepts");
        cx.report(stray.span, message).unsafe_fix(
            format!("Remove the first, `{other}`"),
            vec![Edit::delete(Span::new(start, before.end))],
        );
    }
}
