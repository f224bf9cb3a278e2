//! Two stages of one name.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::Word;
use std::collections::HashMap;

pub const RULE: Rule = Rule {
    name: "duplicate-stage",
    aliases: &[
        "hadolint:DL3024",
        "buildkit:DuplicateStageName",
        "trivy:DS-0012",
        "checkov:CKV_DOCKER_11",
    ],
    area: Area::From,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let mut seen: HashMap<&str, &Word> = HashMap::new();
    let mut seen_as_written: HashMap<&str, ()> = HashMap::new();
    let model = cx.model;
    for stage in &model.stages {
        let word = stage.from_view().and_then(|view| view.name.as_ref());
        let (Some(name), Some(word)) = (&stage.name, word) else { continue };
        let as_written = seen_as_written.insert(&word.text, ()).is_some();
        if let Some(first) = seen.get(name.as_str()) {
            let message =
                format!("another stage is called `{name}` already, and only the last one is found");
            let found = cx.report(word.span, message);
            let found = found.related(first.span, "the name is given here first");
            if !as_written {
                // hadolint takes names that differ in case for different names.
                found.codes(&["DuplicateStageName"]);
            }
        } else {
            seen.insert(name, word);
        }
    }
}
