//! `-X` and `-ldflags` that do not say what they seem to say.

use crate::diagnostic::{Level, Spoils};
use crate::image::LinkVariable;
use crate::model::{Stage, Step};
use crate::rules::{Area, Check, Context, Rule, golang};
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "go-ldflags",
    aliases: &[],
    area: Area::Go,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(Spoils::Maybe, &Check::Stage(check)),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let Some(image) = cx.image(stage) else { return };
    for build in &image.go_builds {
        let Some((_, step)) = golang::run_of(build, cx) else { continue };
        // `-ldflags=pattern=...` is for some packages only.
        let mut given: Vec<_> =
            build.given("ldflags").filter(|flag| flag.value.starts_with('-')).collect();
        given.pop();
        for flag in given {
            if let Some(place) = flag.span {
                cx.report(place, "of two `-ldflags` only the last one counts").spoils(None);
            }
        }
        let Some(word) = build.flag("ldflags").and_then(|flag| flag.value_word) else { continue };
        undefined(word, step, cx);
        for (index, variable) in build.linker.variables.iter().enumerate() {
            let rest = build.linker.variables.get(index + 1..).unwrap_or_default();
            let name = &variable.name;
            if rest.iter().any(|later| later.name == *name) {
                let place = within(word, &format!("{name}="), cx);
                let message =
                    format!("`-X` sets `{name}` again further on, and the last one counts");
                cx.report(place, message).spoils(None);
            } else if variable.value.as_deref() == Some("") {
                let place = within(word, &format!("{name}="), cx);
                cx.report(place, format!("`-X` sets `{name}` to nothing")).spoils(None);
            }
            if let Some(date) = broken_date(variable) {
                let message = format!(
                    "the outcome of `{date}` has blanks, so the linker takes its second word for something else"
                );
                let place = within(word, date, cx);
                let found = cx.report(place, message).level(Level::Error);
                found.spoils(Some(Spoils::Build));
            }
        }
    }
}

/// Variables of the shell in `-ldflags` that nobody sets.
fn undefined(word: Span, step: &Step<'_>, cx: &mut Context<'_, '_>) {
    for variable in &step.expansion.hidden {
        // For those that FROM sees there is a rule of its own.
        if variable.global || variable.has_fallback || !word.contains(variable.span) {
            continue;
        }
        let name = &variable.name;
        let message = format!("`${name}` is empty, since this stage has no `ARG {name}`");
        let edit = golang::declare(name, step, cx);
        let found = cx.report(variable.span, message).spoils(None);
        found.unsafe_fix(format!("Insert `ARG {name}`"), vec![edit]);
    }
}

/// The place of `part` in a word, or the word itself.
fn within(word: Span, part: &str, cx: &Context<'_, '_>) -> Span {
    let Some(at) = word.of(cx.text).find(part) else { return word };
    let start = word.start + at as u32;
    Span::new(start, start + part.trim_end_matches('=').len() as u32)
}

/// A value that is the time as people write it, with blanks, and without quotes for the linker.
fn broken_date(variable: &LinkVariable) -> Option<&'static str> {
    const DATES: [&str; 6] =
        ["$(date)", "`date`", "$(date -u)", "`date -u`", "$(date --utc)", "$(date -R)"];
    let value = variable.value.as_deref().filter(|_| !variable.quoted)?;
    DATES.into_iter().find(|date| value.contains(date))
}
