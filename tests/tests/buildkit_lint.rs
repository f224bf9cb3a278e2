//! Our findings in the set `buildkit` beside those of `docker build --check`, over the same corpus
//! as the parser. `buildkit/differences.toml` lists where we differ on purpose, and why;
//! `BUILDKIT_CORPUS=FILE` compares another file and prints agreement per rule.

use crate::buildkit::{Case, corpus};
use engine::source::LineIndex;
use engine::{RuleSet, Settings, Workspace};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

type Answer = BTreeSet<(u32, String)>;

fn theirs(case: &Case) -> Answer {
    let found = case.answer["lint"].as_array().into_iter().flatten();
    let pair = |found: &serde_json::Value| {
        let rule = found["rule"].as_str().expect("a rule").to_owned();
        engine::rules::find(&rule)?;
        Some((found["line"].as_u64().unwrap_or(1) as u32, rule))
    };
    found.filter_map(pair).collect()
}

/// Our findings with the name of a rule of BuildKit, by the line of the instruction.
fn ours(case: &Case) -> Answer {
    let workspace = Workspace { dockerfile: case.text.clone(), ..Workspace::default() };
    let settings = Settings { set: RuleSet::BuildKit, ..Settings::default() };
    let report = engine::analyze(&workspace, &settings);
    let (lines, tree) = (LineIndex::new(&case.text), engine::syntax::parse(&case.text));
    let last_line = |first: u32| {
        let mut instructions = tree.instructions();
        let found = instructions.find(|instruction| instruction.start_line() == first);
        found.map_or(first, |instruction| {
            let line = &instruction.line;
            // At the end of the file, blank lines may be the last ones.
            let end = line.empty_lines.iter().map(|span| span.end).fold(line.head.end, u32::max);
            lines.line(end)
        })
    };
    let codes = report.diagnostics.iter().flat_map(|found| {
        let line = match found.codes {
            // BuildKit names the last line of the instruction for this one.
            ["NoEmptyContinuation"] => last_line(found.instruction_line),
            _ => found.instruction_line,
        };
        found.codes.iter().map(move |code| (line, (*code).to_owned()))
    });
    codes.filter(|(_, code)| !code.starts_with("DL") && !code.starts_with("SC")).collect()
}

fn deliberate() -> BTreeMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("buildkit/differences.toml");
    let text = std::fs::read_to_string(path).expect("a list of differences");
    toml::from_str(&text).expect("ids with reasons")
}

#[test]
fn finds_what_build_check_finds() {
    let deliberate = deliberate();
    let mut counts: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    let mut problems = Vec::new();
    // Where a build fails, BuildKit says only what it has found until then.
    let built =
        |case: &Case| case.answer["build_error"].is_null() && case.answer["parse_error"].is_null();
    for case in corpus().into_iter().filter(built) {
        let (ours, theirs) = (ours(&case), theirs(&case));
        let sets = [&ours & &theirs, &theirs - &ours, &ours - &theirs];
        for (column, set) in sets.iter().enumerate() {
            for (_, code) in set {
                counts.entry(code.clone()).or_default()[column] += 1;
            }
        }
        if ours != theirs && !deliberate.contains_key(case.id.trim_matches('"')) {
            let [_, missed, invented] = &sets;
            problems.push(format!("{}: missed {missed:?}, invented {invented:?}", case.id));
        }
    }
    println!("rule: both, missed, invented");
    counts.iter().for_each(|(code, counts)| println!("{code}: {counts:?}"));
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// BuildKit's rules but one: InvalidBaseImagePlatform asks the registry.
const RULES: [&str; 21] = [
    "ConsistentInstructionCasing",
    "CopyIgnoredFile",
    "DuplicateStageName",
    "ExposeInvalidFormat",
    "ExposeProtoCasing",
    "FromAsCasing",
    "FromPlatformFlagConstDisallowed",
    "InvalidDefaultArgInFrom",
    "InvalidDefinitionDescription",
    "JSONArgsRecommended",
    "LegacyKeyValueFormat",
    "MaintainerDeprecated",
    "MultipleInstructionsDisallowed",
    "NoEmptyContinuation",
    "RedundantTargetPlatform",
    "ReservedStageName",
    "SecretsUsedInArgOrEnv",
    "StageNameCasing",
    "UndefinedArgInFrom",
    "UndefinedVar",
    "WorkdirRelativePath",
];

#[test]
fn every_rule_that_the_text_can_decide_is_here() {
    for name in RULES {
        assert!(engine::rules::find(name).is_some(), "{name} has no rule");
    }
}
