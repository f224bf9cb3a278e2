//! Whether a container would start: tests/start/*.toml say what is true of small Dockerfiles, and
//! tests/start/confirmed.jsonl what a real Docker made of them (tests/lab). Programs of Rust were built by cargo
//! and started in assembled root folders: tests/lab/rust.jsonl.

use crate::settings;
use engine::{Project, Report, Settings, Workspace, analyze};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// One Dockerfile with what is true of it.
struct Case {
    /// File and name, as in `cgo/glibc-to-scratch`.
    name: String,
    verdict: String,
    /// Words that one of the reasons holds.
    says: Option<String>,
    workspace: Workspace,
    settings: Settings,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("start")
}

fn cases() -> Vec<Case> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder())
        .expect("tests/start")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    paths.sort();
    paths.iter().flat_map(|path| cases_of(path)).collect()
}

fn cases_of(path: &std::path::Path) -> Vec<Case> {
    let text = std::fs::read_to_string(path).expect("a file");
    let table: toml::Table = text.parse().unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let area = path.file_stem().expect("a name").to_string_lossy().into_owned();
    let case = |case: &toml::Value| {
        let text = |key: &str| case.get(key).map(|value| value.as_str().expect(key).to_owned());
        let project = |key: &str| case.get("project")?.get(key);
        let answer = |key: &str| project(key).map(|value| value.as_bool().expect(key));
        let fragment = case.get("fragment").is_some();
        Case {
            name: format!("{area}/{}", text("name").expect("a name")),
            verdict: text("verdict").expect("a verdict"),
            says: text("says"),
            workspace: Workspace {
                dockerfile: text("dockerfile").expect("a Dockerfile"),
                dockerignore: text("dockerignore"),
                project: Project {
                    needs_tls: answer("needs-tls"),
                    needs_time_zones: answer("needs-time-zones"),
                    platform: project("platform")
                        .map(|value| value.as_str().expect("a text").into()),
                    ..Project::default()
                },
            },
            settings: settings::of_json(&serde_json::json!({ "fragment": fragment })),
        }
    };
    table["case"].as_array().expect("cases").iter().map(case).collect()
}

/// What is wrong with the report; `None` if nothing is.
fn failure(case: &Case, report: &Report) -> Option<String> {
    let verdict = report.verdict.name();
    let reasons: Vec<String> = report.reasons.iter().map(|reason| format!("{reason:?}")).collect();
    if verdict != case.verdict {
        let reasons = reasons.join("; ");
        return Some(format!("{verdict} instead of {}: {reasons}", case.verdict));
    }
    let says = case.says.as_ref()?;
    let lower = says.to_lowercase();
    let said = reasons.iter().any(|reason| reason.to_lowercase().contains(&lower));
    (!said).then(|| format!("{verdict}, but no reason says `{says}`: {}", reasons.join("; ")))
}

#[test]
fn every_verdict_is_true() {
    let cases = cases();
    assert!(cases.len() >= 150, "{} cases", cases.len());
    let names: BTreeSet<&String> = cases.iter().map(|case| &case.name).collect();
    assert_eq!(names.len(), cases.len(), "each name is used once");
    let failures: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let failure = failure(case, &analyze(&case.workspace, &case.settings))?;
            Some(format!("{}: {failure}", case.name))
        })
        .collect();
    assert!(failures.is_empty(), "{} cases fail:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn a_real_docker_agrees() {
    let record = std::fs::read_to_string(folder().join("confirmed.jsonl")).unwrap_or_default();
    let cases: BTreeMap<String, Case> =
        cases().into_iter().map(|case| (case.name.clone(), case)).collect();
    let mut wrong = Vec::new();
    for line in record.lines() {
        let seen: Value = serde_json::from_str(line).expect("JSON");
        let name = seen["case"].as_str().expect("a name");
        let Some(case) = cases.get(name) else {
            wrong.push(format!("{name}: no such case"));
            continue;
        };
        if seen["text"] != digest(&case.workspace.dockerfile) {
            wrong.push(format!("{name}: the record is about another text; run tests/lab again"));
        }
        let runs = seen["runs"].as_array().expect("runs");
        let outcomes: BTreeSet<&str> =
            runs.iter().map(|run| run["outcome"].as_str().expect("an outcome")).collect();
        if !agrees(&case.verdict, &outcomes) {
            wrong.push(format!("{name}: {} is expected, seen was {outcomes:?}", case.verdict));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn real_programs_of_rust_agree() {
    let record = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("lab/rust.jsonl");
    let record = std::fs::read_to_string(record).expect("tests/lab/rust.jsonl");
    let mut seen: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for line in record.lines() {
        let row: Value = serde_json::from_str(line).expect("JSON");
        let text = |key: &str| row[key].as_str().expect("a text").to_owned();
        let (builder, run, path) = (text("builder"), text("run"), text("path"));
        for (root, outcome) in row["runs"].as_object().expect("outcomes by base") {
            let dockerfile = format!(
                "FROM {builder} AS build\nWORKDIR /src\nCOPY . .\nRUN {run}\n\n\
                 FROM {root}\nCOPY --from=build {path} /app\nENTRYPOINT [\"/app\"]\n"
            );
            let outcome = if outcome == "starts" { "starts" } else { "fails" };
            seen.entry(dockerfile).or_default().insert(outcome);
        }
    }
    assert!(seen.len() >= 200, "{} Dockerfiles", seen.len());
    let wrong = seen.into_iter().filter_map(|(dockerfile, outcomes)| {
        let workspace = Workspace { dockerfile, ..Workspace::default() };
        let verdict = analyze(&workspace, &Settings::default()).verdict.name();
        let agree = agrees(verdict, &outcomes);
        (!agree).then(|| format!("{verdict}, seen was {outcomes:?}:\n{}", workspace.dockerfile))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether what was seen bears a verdict out. What is unknown may go either way.
fn agrees(verdict: &str, seen: &BTreeSet<&str>) -> bool {
    let only = |outcomes: &[&str]| seen.iter().all(|outcome| outcomes.contains(outcome));
    match verdict {
        "starts" => only(&["starts"]),
        "starts-after-edits" => only(&["complains"]),
        "would-not-start" => only(&["fails"]),
        "would-not-build" => only(&["would-not-build"]),
        _ => true,
    }
}

/// FNV-1a of a text, as tests/lab writes it.
fn digest(text: &str) -> String {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, step))
}
