//! Variables that nobody defines, where Docker itself expands them.

use crate::diagnostic::{Edit, Level};
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "undefined-variable",
    aliases: &["buildkit:UndefinedVar"],
    area: Area::ArgEnv,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(EXPANDED, check),
};

/// FROM is left out: it sees other variables than the rest, and has a rule of its own.
const EXPANDED: &[Keyword] = &[
    Keyword::Add,
    Keyword::Arg,
    Keyword::Copy,
    Keyword::Env,
    Keyword::Expose,
    Keyword::Label,
    Keyword::Run,
    Keyword::Stopsignal,
    Keyword::User,
    Keyword::Volume,
    Keyword::Workdir,
];

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    for variable in &site.step.expansion.undefined {
        // `${x:-y}` says what happens without `x`, and for names that FROM or the rest of the same ENV
        // knows there are other rules; BuildKit warns all the same.
        let elsewhere = variable.has_fallback
            || variable.global
            || site.step.expansion.is_set_beside(variable.span);
        if elsewhere && !cx.follows(RuleSet::BuildKit) {
            continue;
        }
        let name = &variable.name;
        let message = match &variable.suggestion {
            Some(other) => format!("`${name}` is not defined here; did you mean `${other}`?"),
            None => format!("`${name}` is not defined here, so nothing is inserted"),
        };
        let place = variable.name_span(cx.text);
        let mut found = cx.report(variable.span, message);
        // BuildKit looks neither at ARG before the first FROM nor at EXPOSE.
        if site.stage.is_none() || site.step.keyword() == Keyword::Expose {
            found = found.codes(&[]);
        }
        if let (Some(place), Some(other)) = (place, &variable.suggestion) {
            let title = format!("Use `${other}`, if that is the one you mean");
            found.unsafe_fix(title, vec![Edit::replace(place, other.as_str())]);
        }
    }
}
