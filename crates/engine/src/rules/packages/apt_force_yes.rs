//! apt that says yes to everything.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "apt-force-yes",
    aliases: &["checkov:CKV2_DOCKER_11"],
    area: Area::Packages,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&["apt-get", "apt", "aptitude"], check),
};

fn check(command: &Command, _: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let mut end = command.words.first().map_or(command.span.start, |word| word.span.end);
    let confirmed = command.has_flag(Some('y'), "yes") || command.has_flag(None, "assume-yes");
    for word in command.arguments() {
        if word.text == "--force-yes" {
            let message = "`--force-yes` also says yes to unsigned packages and to older versions";
            let (title, edit) = match confirmed {
                true => ("Remove `--force-yes`", Edit::delete(Span::new(end, word.span.end))),
                false => ("Write `-y`", Edit::replace(word.span, "-y")),
            };
            let title = format!("{title}, and let apt refuse what is not signed");
            cx.report(word.span, message).unsafe_fix(title, vec![edit]);
        }
        end = word.span.end;
    }
}
