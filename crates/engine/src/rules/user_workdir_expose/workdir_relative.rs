//! A relative WORKDIR before any absolute one.

use crate::diagnostic::{Edit, Level};
use crate::image::BaseFacts;
use crate::model::{Base, Step};
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::{Body, Word};

pub const RULE: Rule = Rule {
    name: "workdir-relative",
    aliases: &[
        "hadolint:DL3000",
        "buildkit:WorkdirRelativePath",
        "tally:buildkit/WorkdirRelativePath",
        "trivy:DS-0009",
        "checkov:CKV_DOCKER_10",
        "kics:WorkdirNotAbsolute",
        "droast:DF009",
        "sonar:S7021",
    ],
    area: Area::UserWorkdirExpose,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    // Whether a stage ends with a WORKDIR of its own: those behind it build on that one.
    let mut ends_with: Vec<bool> = Vec::new();
    for stage in &model.stages {
        let mut is_set = match stage.base {
            Base::Stage(parent) => ends_with.get(parent).copied().unwrap_or_default(),
            _ => model.fragment,
        };
        let base = cx.image(stage).map_or(BaseFacts::Unknown, |image| image.base);
        for step in &stage.steps {
            let Body::Workdir(word) = step.body() else { continue };
            check_one(step, word, &base, is_set, cx);
            is_set = true;
        }
        ends_with.push(is_set);
    }
}

fn check_one(
    step: &Step<'_>,
    word: &Word,
    base: &BaseFacts,
    is_set: bool,
    cx: &mut Context<'_, '_>,
) {
    let written = word.bare();
    // hadolint looks at each one as it stands, BuildKit at the first of a stage after expansion.
    let as_hadolint = !written.starts_with(['/', '$']) && !has_drive(written);
    let path = step.text(word);
    let as_buildkit = !is_set && path.is_some_and(|path| !path.starts_with('/'));
    let follows_peer = cx.follows(RuleSet::Hadolint) || cx.follows(RuleSet::BuildKit);
    if path.is_some_and(has_drive) && !follows_peer {
        return;
    }
    let asked = as_buildkit || as_hadolint && cx.follows(RuleSet::Hadolint);
    if !asked {
        return;
    }
    let folder = base.workdir().filter(|_| !is_set);
    let message = match folder {
        Some(folder) => format!("`{written}` is relative to `{folder}`, which the base image sets"),
        None => format!("`{written}` is relative to whatever was set before"),
    };
    let found = cx.report(word.span, message).said_by(as_hadolint, as_buildkit);
    let plain = |ch: char| ch.is_ascii_alphanumeric() || "/_-.@+".contains(ch);
    if is_set || word.text.contains("..") || !word.text.chars().all(plain) {
        return;
    }
    let inside = word.text.trim_start_matches("./");
    let full = format!("{}/{inside}", folder.unwrap_or_default().trim_end_matches('/'));
    let full = full.trim_end_matches('.');
    let edit = vec![Edit::replace(word.span, full)];
    match folder {
        Some(_) => found.safe_fix(format!("Write `{full}`"), edit),
        None => found.unsafe_fix(format!("Write `{full}`, if the base image sets none"), edit),
    };
}

/// `C:` and the like.
fn has_drive(path: &str) -> bool {
    let mut chars = path.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next() == Some(':')
}
