//! A stage that ships without HEALTHCHECK.

use crate::diagnostic::Level;
use crate::image::chain;
use crate::model::{Base, ImageReference, Stage};
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::Keyword;
use std::collections::{HashMap, HashSet};

pub const RULE: Rule = Rule {
    name: "no-healthcheck",
    aliases: &[
        "hadolint:DL3057",
        "trivy:DS-0026",
        "checkov:CKV_DOCKER_2",
        "kics:HealthcheckMissing",
        "dockle:CIS-DI-0006",
        "droast:DF012",
    ],
    area: Area::Runtime,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    if model.fragment {
        return;
    }
    if cx.follows(RuleSet::Hadolint) {
        return check_each_stage(cx);
    }
    let Some(stage) = model.final_stage() else { return };
    let Some(image) = cx.image(stage) else { return };
    // What nobody starts is an image to build on; what cannot be looked into may have one.
    let starts = image.entrypoint.is_some() || image.cmd.is_some();
    let plain = !matches!(stage.base, Base::Unknown);
    let checks = chain(cx.images, stage.index).any(|image| image.healthcheck.is_some());
    if starts && plain && !checks {
        cx.report(stage.base_span(), "no HEALTHCHECK tells Docker whether the program still works");
    }
}

/// hadolint wants a HEALTHCHECK in each stage, unless one that builds on it or on which it builds
/// has one. It compares names as written and without tags.
fn check_each_stage(cx: &mut Context<'_, '_>) {
    let stages = &cx.model.stages;
    let mut good: HashSet<String> = HashSet::new();
    let mut bad: HashMap<String, Vec<usize>> = HashMap::new();
    for stage in stages {
        let has = stage.steps_of(Keyword::Healthcheck).next().is_some();
        if good.contains(&base_name(stage)) {
            good.insert(own_name(stage));
        } else if !has {
            bad.entry(own_name(stage)).or_default().push(stage.index);
            continue;
        }
        if has {
            good.insert(own_name(stage));
            let mut names = vec![base_name(stage)];
            while let Some(name) = names.pop() {
                // An image from elsewhere is no stage, so nothing makes it good.
                let Some(below) = bad.remove(&name) else { continue };
                names.extend(below.iter().filter_map(|index| stages.get(*index)).map(base_name));
                good.insert(name);
            }
        }
    }
    for stage in bad.into_values().flatten().filter_map(|index| stages.get(index)) {
        cx.report(stage.base_span(), "this stage has no HEALTHCHECK");
    }
}

fn base_name(stage: &Stage<'_>) -> String {
    let image = stage.from_view().map(|view| ImageReference::parse(&view.image.text));
    image.map_or_else(String::new, |image| image.repository.to_string())
}

fn own_name(stage: &Stage<'_>) -> String {
    let name = stage.from_view().and_then(|view| view.name.as_ref());
    name.map_or_else(|| base_name(stage), |name| name.text.to_string())
}
