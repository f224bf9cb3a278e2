//! The builder: each recipe of a covering array, there and back.

mod array;
mod files;
mod silent;

use engine::builder::{Recipe, apply, read, render};
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
        assert_eq!(report.verdict, Verdict::Starts, "{:?}\n{text}", report.reasons);
        let estimate = report.estimate.unwrap_or_else(|| panic!("no estimate\n{text}"));
        let sizes = estimate.size.unpacked.zip(estimate.size.compressed);
        // Nothing is recorded of programs in Rust, and of some releases of Java and Node.js.
        assert!(estimate.open || sizes.is_some(), "{text}");
        if let Some((unpacked, compressed)) = sizes.filter(|_| !estimate.open) {
            assert!(0 < compressed.low && compressed.high < unpacked.high, "{text}");
        }
    }
}

/// The recipe with the defaults in what no Dockerfile shows.
fn visible(recipe: &Recipe) -> Recipe {
    let mut recipe = recipe.resolved();
    for field in engine::builder::schema().fields().filter(|field| !field.in_dockerfile) {
        recipe.set(field.key, field.default.clone());
    }
    recipe.normal()
}

#[test]
fn a_recipe_survives_the_way_through_the_text() {
    let mut wrong = Vec::new();
    for recipe in array::recipes() {
        let text = render(recipe).file("Dockerfile").to_owned();
        let reading = read(&text, &Recipe::default());
        let (mut expected, mut found) = (visible(recipe), visible(&reading.recipe));
        // Where two levels write the same comments, either may be read.
        expected.set("comments", "short");
        found.set("comments", "short");
        let values = expected.values().zip(found.values()).filter(|(a, b)| a.1 != b.1);
        let values: Vec<_> = values.map(|(a, b)| (a.0.key, a.1, b.1)).collect();
        if !values.is_empty() {
            wrong.push(format!("{values:?}\n{}\n{text}", told(recipe)));
            continue;
        }
        let again = render(&reading.recipe);
        if again.file("Dockerfile") != text || !reading.custom.is_empty() {
            wrong.push(format!("{:?}\n{text}\n{}", reading.custom, again.file("Dockerfile")));
        }
    }
    for text in &wrong {
        println!("{text}");
    }
    assert!(wrong.is_empty(), "{} of {}", wrong.len(), array::recipes().len());
}

#[test]
fn recipes_travel_as_text() {
    for recipe in array::recipes() {
        assert_eq!(Recipe::from_text(&recipe.to_text()), (recipe.clone(), Vec::new()));
    }
    let (recipe, problems) = Recipe::from_text("stack = cobol\nwheels = 4\n\ngo-version = 1.27\n");
    assert_eq!(recipe.get("go-version"), "1.27");
    assert_eq!(recipe.get("stack"), "go");
    let messages: Vec<_> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(messages, ["`cobol` is not among the choices", "there is no field `wheels`"]);
}

#[test]
fn what_people_wrote_stays_when_the_form_changes() {
    let recipes = array::recipes();
    for (old, new) in recipes.iter().zip(recipes.iter().skip(1)) {
        let (before, after) = (render(old), render(new));
        assert_eq!(apply(before.file("Dockerfile"), old, new), after.file("Dockerfile"));
        let own = format!("{}# Ours.\nSTOPSIGNAL SIGQUIT\n", before.file("Dockerfile"));
        let text = apply(&own, old, new);
        assert!(text.contains("# Ours.\nSTOPSIGNAL SIGQUIT\n"), "{text}");
        assert_eq!(apply(&own, old, old), own);
    }
}

#[test]
fn a_word_that_people_added_stays() {
    let old = Recipe::default();
    let text = render(&old).file("Dockerfile").replace("go build ", "go build -race ");
    let reading = read(&text, &old);
    assert_eq!(reading.recipe, old);
    assert_eq!(reading.custom.len(), 1, "{:?}", reading.custom);
    let mut new = old.clone();
    new.set("trimpath", "no");
    let changed = apply(&text, &old, &new);
    assert!(changed.contains("go build -race -ldflags="), "{changed}");
    assert_eq!(read(&changed, &old).recipe, new);
    new.set("base", "alpine:3.24");
    new.set("health", "wget");
    let changed = apply(&text, &old, &new);
    assert!(changed.contains("go build -race -ldflags="), "{changed}");
    assert_eq!(read(&changed, &old).recipe, new);
}

#[test]
fn an_ordinary_file_fills_the_form() {
    for (name, text) in crate::robust::examples() {
        let recipe = read(&text, &Recipe::default()).recipe;
        let stack = name.split('-').next().unwrap_or_default();
        assert_eq!(recipe.get("stack"), stack, "{name}");
    }
    let text = "FROM golang:1.25-bookworm AS builder\nWORKDIR /app\nCOPY go.* ./\n\
                RUN go mod download\nCOPY . .\nRUN CGO_ENABLED=1 go build -o shop ./cmd/shop\n\
                FROM debian:bookworm-slim\nRUN useradd -u 1001 shop\nUSER 1001\n\
                COPY --from=builder /app/shop /shop\nENV LOG_LEVEL=info\nEXPOSE 9000/tcp\n\
                CMD [\"/shop\"]\n";
    let recipe = read(text, &Recipe::default()).recipe;
    let expected = [
        ("stack", "go"),
        ("binaries", "shop=./cmd/shop"),
        ("go-version", "1.25"),
        ("flavour", "bookworm"),
        ("cgo", "yes"),
        ("strip", "no"),
        ("base", "debian:bookworm-slim"),
        ("user", "account"),
        ("uid", "1001"),
        ("environment", "LOG_LEVEL=info"),
        ("cache", "no"),
    ];
    for (key, value) in expected {
        assert_eq!(recipe.get(key), value, "{key}");
    }
}
