//! `COPY --from` a stage that is not there.

use crate::catalog;
use crate::diagnostic::{Edit, Level};
use crate::model::{Stage, Use, UseKind, UseTarget};
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule};
use crate::suggest::nearest;

// Shares `hadolint:DL3022` with copy-from-variable, which speaks of names that are never expanded.
pub const RULE: Rule = Rule {
    name: "copy-from-unknown",
    aliases: &["hadolint:DL3022"],
    area: Area::CopyAdd,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

/// How many stages back a misspelled name is looked for.
const REACH: usize = 16;

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    if cx.follows(RuleSet::Hadolint) {
        return as_hadolint(stage, cx);
    }
    for used in &stage.uses {
        let text = &used.text;
        let (message, certain) = match &used.target {
            UseTarget::Stage(index) if *index > stage.index => (
                format!("`{text}` is a later stage, and only earlier ones can be copied from"),
                true,
            ),
            UseTarget::NoSuchStage(number) => (format!("there is no stage number {number}"), true),
            UseTarget::Image(_) if means_image(text) => continue,
            UseTarget::Image(_) => (
                format!("no stage before this one is called `{text}`, so it is taken for an image"),
                false,
            ),
            UseTarget::Stage(_) | UseTarget::Itself | UseTarget::Variable => continue,
        };
        let suggestion = if certain { None } else { suggestion(stage, used, cx) };
        let mut found = cx.report(used.span, message);
        if certain {
            found = found.level(Level::Error);
        }
        if used.kind == UseKind::Mount {
            found = found.codes(&[]);
        }
        if let Some(name) = suggestion {
            let title = format!("Copy from the stage `{name}`");
            found.unsafe_fix(title, vec![Edit::replace(used.span, name)]);
        }
    }
}

/// hadolint compares names letter by letter, quotes included, and knows images by their colon.
fn as_hadolint(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let model = cx.model;
    for used in stage.uses.iter().filter(|used| used.kind == UseKind::Copy) {
        let written = used.span.of(cx.text);
        let is_stage = |index: usize| {
            let found = model.stages.get(index).filter(|found| found.index <= stage.index);
            let view = found.and_then(|found| found.from_view());
            let name = view.and_then(|view| view.name.as_ref());
            written.parse() == Ok(index) && view.is_some()
                || name.is_some_and(|name| name.text == written)
        };
        let known = match used.target {
            UseTarget::Stage(index) => is_stage(index),
            UseTarget::Itself => is_stage(stage.index),
            UseTarget::Image(_) => written.contains(':'),
            UseTarget::NoSuchStage(_) => false,
            UseTarget::Variable => true,
        };
        if !known {
            cx.report(used.span, format!("no stage before this one is called `{written}`"));
        }
    }
}

/// Whether a name can only be meant as an image.
fn means_image(text: &str) -> bool {
    let prefix = format!("{text}:");
    let place = catalog::images().partition_point(|row| row.reference < prefix.as_str());
    let known = catalog::images().get(place).is_some_and(|row| row.reference.starts_with(&prefix));
    known || text.contains([':', '/', '@'])
}

fn suggestion(stage: &Stage<'_>, used: &Use, cx: &Context<'_, '_>) -> Option<String> {
    let earlier = cx.model.stages.get(stage.index.saturating_sub(REACH)..stage.index)?;
    let names = earlier.iter().rev().filter_map(|stage| stage.name.as_deref());
    // A backslash in a flag is gone before the name is looked up.
    let names = names.filter(|name| !name.contains('\\'));
    nearest(&used.text, names).map(str::to_owned)
}
