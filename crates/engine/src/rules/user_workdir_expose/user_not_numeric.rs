//! USER with a name.

use crate::diagnostic::{Edit, Level};
use crate::model::Step;
use crate::named::Names;
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::Body;

pub const RULE: Rule = Rule {
    name: "user-not-numeric",
    aliases: &["hadolint:DL3066"],
    area: Area::UserWorkdirExpose,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::File(check),
};

/// Longest name of an ARG that hadolint's way of looking for it is followed with.
const LONGEST: usize = 64;

fn check(cx: &mut Context<'_, '_>) {
    if cx.follows(RuleSet::Hadolint) {
        return as_hadolint(cx);
    }
    let Some(stage) = cx.model.final_stage() else { return };
    let Some(image) = cx.image(stage) else { return };
    let Some(user) = &image.user else { return };
    let Some(name) = user.value.as_deref().and_then(|value| value.split(':').next()) else {
        return;
    };
    // Root has a rule of its own, and a number would not make it better.
    if name == "root" || is_number(name) {
        return;
    }
    let message = format!("a cluster cannot tell from the name `{name}` that it is not root");
    let number = image.base.row().filter(|row| row.users.contains(&name)).and(match name {
        "nonroot" => Some("65532"),
        "node" => Some("1000"),
        _ => None,
    });
    let verbatim = user.span.of(cx.text) == name;
    let found = cx.report(user.span, message);
    if let Some(number) = number.filter(|_| verbatim) {
        found.safe_fix(format!("Write `{number}`"), vec![Edit::replace(user.span, number)]);
    }
}

/// hadolint reads every USER as it stands, and lets those pass that name an earlier ARG.
fn as_hadolint(cx: &mut Context<'_, '_>) {
    let mut declared: Names = Names::new();
    let model = cx.model;
    for (_, step) in model.steps() {
        match step.body() {
            Body::Arg(_) => declared.extend(declared_name(step).map(str::to_owned)),
            Body::User(user) => {
                let name = user.text.split(':').next().unwrap_or_default();
                let is_number = is_number(name) && !cx.has_blank_behind(user.span);
                if !is_number && !uses_any(&user.text, &declared) {
                    cx.report(
                        user.span,
                        format!("`{name}` is a name, which the host may not know"),
                    );
                }
            }
            _ => {}
        }
    }
}

/// hadolint takes the first name of ARG only.
fn declared_name<'s>(step: &'s Step<'_>) -> Option<&'s str> {
    let Body::Arg(declarations) = step.body() else { return None };
    declarations.first().map(|declaration| declaration.name.text.as_str())
}

fn is_number(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether `${name}` stands in the text, or `$name`, maybe with more letters behind it.
fn uses_any(text: &str, declared: &Names) -> bool {
    text.split('$').skip(1).any(|rest| match rest.strip_prefix('{') {
        Some(rest) => rest.split_once('}').is_some_and(|(name, _)| declared.contains(name)),
        None => {
            let prefixes = rest.char_indices().take(LONGEST);
            let mut names = prefixes.filter_map(|(at, ch)| rest.get(..at + ch.len_utf8()));
            names.any(|name| declared.contains(name))
        }
    })
}
