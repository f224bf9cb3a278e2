//! useradd with a large number, which makes a large layer.

use crate::diagnostic::{Edit, Level};
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;

pub const RULE: Rule = Rule {
    name: "useradd-high-uid",
    aliases: &["hadolint:DL3046", "droast:DF064"],
    area: Area::Run,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&["useradd"], check),
};

fn check(command: &Command, _: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    if command.has_flag(Some('l'), "no-log-init") {
        return;
    }
    let hadolint = cx.follows(RuleSet::Hadolint);
    let arguments = command.arguments();
    for (at, word) in arguments.iter().enumerate() {
        let text = word.text.as_str();
        let short = text.strip_prefix('-').filter(|letters| !letters.starts_with('-'));
        let next = arguments.get(at + 1).filter(|next| !next.text.starts_with('-'));
        let (value, place, peer) = match (short, text.split_once('=')) {
            // hadolint takes the word behind any cluster with `u` for the number.
            (Some(letters), _) if letters.contains('u') => match next {
                Some(next) if hadolint || letters.ends_with('u') => (&*next.text, next, true),
                _ => (text.split_once('u').unwrap_or_default().1, word, false),
            },
            (_, Some(("--uid", value))) => (value, word, false),
            _ => match next.filter(|_| text == "--uid") {
                Some(next) => (&*next.text, next, false),
                None => continue,
            },
        };
        let long = match hadolint {
            true => peer && shown_length(value) > 5,
            false => value.parse::<u64>().is_ok_and(|uid| uid > 99_999),
        };
        if long {
            let message = format!(
                "`{value}` makes `useradd` write log files that have room for so many users"
            );
            let program = command.words.first().map_or(command.span, |word| word.span);
            let edit = Edit::insert(program.end, " -l");
            let codes: &[&'static str] = if peer { &["DL3046"] } else { &[] };
            cx.report(place.span, message).codes(codes).unsafe_fix(
                "Add `-l`, which leaves the user out of lastlog and faillog",
                vec![edit],
            );
            return;
        }
    }
}

/// How long hadolint takes a word for: `$UID` is `${UID}` to it.
fn shown_length(value: &str) -> usize {
    let bare =
        value.matches('$').count() - value.matches("${").count() - value.matches("$(").count();
    value.chars().count() + 2 * bare
}
