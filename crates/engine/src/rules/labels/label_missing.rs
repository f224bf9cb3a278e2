//! Labels of the schema that no LABEL sets.

use crate::diagnostic::Level;
use crate::model::{Base, Stage};
use crate::report::RuleSet;
use crate::rules::label::{key, pairs};
use crate::rules::{Area, Check, Context, Rule};
use crate::source::Span;
use crate::syntax::{Body, Keyword};
use std::collections::{HashMap, HashSet};

// Shares `droast:DF074` with the other rules of the label schema: droast has one code for all.
pub const RULE: Rule = Rule {
    name: "label-missing",
    aliases: &["hadolint:DL3049", "dockerfile_lint:label_schema", "droast:DF074", "sonar:S7028"],
    area: Area::Labels,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let (model, settings) = (cx.model, cx.settings);
    for (label, _) in settings.label_schema.iter().filter(|_| !model.fragment) {
        let places = match cx.follows(RuleSet::Hadolint) {
            true => hadolint(label, cx),
            false => shipped_without(label, cx).into_iter().collect(),
        };
        for place in places {
            cx.report(place, format!("no LABEL sets `{label}`, which the schema asks for"));
        }
    }
}

/// Whether a stage itself sets a label; a name that nobody can know may be that of any label.
fn sets(stage: &Stage<'_>, label: &str, cx: &Context<'_, '_>) -> bool {
    let mut pairs = stage
        .steps_of(Keyword::Label)
        .flat_map(|step| pairs(step).iter().map(move |pair| (pair, step)));
    pairs.any(|(pair, step)| key(pair, step, cx).is_none_or(|key| key == label))
}

/// The base of the final stage, where neither it nor a stage below it sets the label.
fn shipped_without(label: &str, cx: &Context<'_, '_>) -> Option<Span> {
    let mut stage = cx.model.final_stage()?;
    let place = stage.base_span();
    loop {
        if sets(stage, label, cx) {
            return None;
        }
        let Base::Stage(parent) = stage.base else { return Some(place) };
        stage = cx.model.stages.get(parent)?;
    }
}

/// hadolint looks at all stages, and takes one for good if a stage on it, without a name of its
/// own, sets the label, or if files are copied out of it.
fn hadolint(label: &str, cx: &Context<'_, '_>) -> Vec<Span> {
    // Places of stages without the label; by name, which of them have it.
    let mut bad: Vec<Option<Span>> = Vec::new();
    let mut named: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut good: HashSet<&str> = HashSet::new();
    for stage in &cx.model.stages {
        let view = stage.from_view();
        let name = view.and_then(|view| view.name.as_ref()).map(|name| name.text.as_str());
        let base = view.map_or("", |view| untagged(&view.image.text));
        let mut own = None;
        if good.contains(base) {
            good.extend(name);
        } else {
            own = Some(bad.len());
            bad.push(Some(stage.base_span()));
            if let (Some(name), Some(own)) = (name, own) {
                named.entry(name).or_default().push(own);
            }
        }
        for step in &stage.steps {
            let from = match step.body() {
                Body::Copy(_) | Body::Add(_) => step.instruction.statement.flag_value("from"),
                _ => None,
            };
            let sets =
                pairs(step).iter().any(|pair| key(pair, step, cx).is_some_and(|key| key == label));
            let mended = from.map(|from| from.text.as_str()).or(sets.then(|| name.unwrap_or(base)));
            let mended = mended.and_then(|name| named.remove(name)).unwrap_or_default();
            for index in mended.into_iter().chain(own.filter(|_| sets)) {
                if let Some(place) = bad.get_mut(index) {
                    *place = None;
                }
            }
            good.extend(name.filter(|_| sets));
        }
    }
    bad.into_iter().flatten().collect()
}

/// The name of an image as hadolint compares it with names of stages: without tag and digest.
fn untagged(image: &str) -> &str {
    let image = image.split_once('@').map_or(image, |(image, _)| image);
    let image = image.strip_prefix("docker.io/").unwrap_or(image);
    image.split_once(':').map_or(image, |(image, _)| image)
}
