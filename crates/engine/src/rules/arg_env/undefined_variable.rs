//! Variables that nobody defines, where Docker itself expands them.

use crate::diagnostic::{Edit, Level};
use crate::model::Undefined;
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::source::Span;
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
        // `${x:-y}` says what happens without `x`; BuildKit warns all the same.
        if variable.has_fallback && !cx.follows(RuleSet::BuildKit) {
            continue;
        }
        let name = &variable.name;
        let message = match &variable.suggestion {
            Some(other) => format!("`${name}` is not defined here; did you mean `${other}`?"),
            None => format!("`${name}` is not defined here, so nothing is inserted"),
        };
        let place = name_span(variable, cx.text);
        let mut found = cx.report(variable.span, message);
        // BuildKit looks only at stages that it builds, not at ARG before the first FROM, and not at
        // EXPOSE.
        let built = site.stage.is_some_and(|stage| stage.reachable);
        if !built || site.step.keyword() == Keyword::Expose {
            found = found.codes(&[]);
        }
        if let (Some(place), Some(other)) = (place, &variable.suggestion) {
            let title = format!("Use `${other}`, if that is the one you mean");
            found.unsafe_fix(title, vec![Edit::replace(place, other.as_str())]);
        }
    }
}

/// The name without `$` and braces.
fn name_span(variable: &Undefined, text: &str) -> Option<Span> {
    let length = variable.name.len() as u32;
    let signs = if variable.span.len() > length + 1 { 2 } else { 1 };
    let start = variable.span.start + signs;
    let place = Span::new(start, start + length);
    (place.of(text) == variable.name).then_some(place)
}
