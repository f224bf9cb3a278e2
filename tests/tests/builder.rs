//! The builder: each recipe of a covering array, there and back.

mod array;

use engine::builder::{Recipe, render};
use engine::size::Verdict;
use engine::{RuleSet, Settings, Workspace};
use std::collections::BTreeMap;

/// A recipe in few words, for messages.
fn told(recipe: &Recipe) -> String {
    recipe.to_text().replace('\n', "; ")
}

fn workspace(recipe: &Recipe) -> Workspace {
    let rendered = render(recipe);
    Workspace {
        dockerfile: rendered.file("Dockerfile").to_owned(),
        dockerignore: Some(rendered.file(".dockerignore").to_owned()),
        ..Workspace::default()
    }
}

#[test]
fn no_recipe_has_a_finding() {
    let mut wrong: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for recipe in array::recipes() {
        let workspace = workspace(recipe);
        for set in [RuleSet::Recommended, RuleSet::BuildKit, RuleSet::Hadolint] {
            let report = engine::analyze(&workspace, &Settings { set, ..Settings::default() });
            for found in &report.diagnostics {
                let text =
                    || format!("{}\n{}\n{}", found.message, told(recipe), workspace.dockerfile);
                let key = format!("{}: {}", set.name(), found.rule);
                wrong.entry(key).or_insert_with(|| (0, text())).0 += 1;
            }
        }
    }
    for (rule, (times, text)) in &wrong {
        println!("{rule}, {times} times: {text}");
    }
    assert!(wrong.is_empty(), "{:?}", wrong.keys());
}

#[test]
fn each_recipe_starts_and_has_an_estimate() {
    for recipe in array::recipes() {
        let workspace = workspace(recipe);
        let report = engine::analyze(&workspace, &Settings::default());
        let text = format!("{}\n{}", told(recipe), workspace.dockerfile);
        // What cargo links is not followed.
        let verdicts: &[Verdict] = match recipe.get("stack") {
            "rust" => &[Verdict::Starts, Verdict::Unknown],
            _ => &[Verdict::Starts],
        };
        assert!(verdicts.contains(&report.verdict), "{:?}\n{text}", report.reasons);
        let estimate = report.estimate.unwrap_or_else(|| panic!("no estimate\n{text}"));
        let sizes = estimate.size.unpacked.zip(estimate.size.compressed);
        // Nothing is recorded of programs in Rust, and of some releases of Java and Node.js.
        assert!(estimate.open || sizes.is_some(), "{text}");
        if let Some((unpacked, compressed)) = sizes.filter(|_| !estimate.open) {
            assert!(0 < compressed.low && compressed.high < unpacked.high, "{text}");
        }
    }
}
