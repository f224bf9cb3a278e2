//! Our findings in the set `hadolint` beside those of hadolint itself.
//!
//! `hadolint/<area>.jsonl` holds Dockerfiles of our own with its recorded answers: pairs of line and
//! code. `RECORD=1 cargo test -p tests hadolint` asks the binary named in `HADOLINT` (or `hadolint`)
//! again and rewrites them. `hadolint/differences.toml` lists where we differ on purpose, and why.
//! `HADOLINT_CORPUS=FILE` compares another file of the same form and prints agreement per code.

use engine::{RuleSet, Settings, Workspace};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

type Answer = BTreeSet<(u32, String)>;

struct Case {
    id: String,
    value: Value,
}

impl Case {
    fn text(&self) -> &str {
        self.value["dockerfile"].as_str().expect("a text")
    }

    fn theirs(&self) -> Answer {
        let pair = |pair: &Value| {
            let line = pair[0].as_u64().expect("a line") as u32;
            (line, pair[1].as_str().expect("a code").to_owned())
        };
        self.value["hadolint"].as_array().into_iter().flatten().map(pair).collect()
    }

    /// Our findings with a code of hadolint's own, by the line on which the instruction starts.
    fn ours(&self) -> Answer {
        let workspace = Workspace { dockerfile: self.text().to_owned(), ..Workspace::default() };
        let mut settings = crate::settings::of_json(&self.value["settings"]);
        settings.set = RuleSet::Hadolint;
        let report = engine::analyze(&workspace, &settings);
        let codes = report.diagnostics.iter().flat_map(|found| {
            found.codes.iter().map(|code| (found.instruction_line, (*code).to_owned()))
        });
        codes.filter(|(_, code)| code.starts_with("DL")).collect()
    }

    /// What hadolint stops at is compared as "cannot be read": it shows nothing else then.
    fn difference(&self) -> Option<String> {
        let (ours, theirs) = (self.ours(), self.theirs());
        let unreadable = |answer: &Answer| answer.iter().any(|(_, code)| code == "DL1000");
        match (unreadable(&ours), unreadable(&theirs)) {
            (true, true) => None,
            (false, true) => Some("hadolint cannot read it, we can".to_owned()),
            (true, false) => Some("we cannot read it, hadolint can".to_owned()),
            (false, false) if ours == theirs => None,
            (false, false) => {
                let (missed, invented) = (&theirs - &ours, &ours - &theirs);
                Some(format!("missed {missed:?}, invented {invented:?}"))
            }
        }
    }

    fn record(&mut self) {
        let answer = ask(self.text(), &self.value["settings"]);
        let list: Vec<Value> = answer.into_iter().map(|(line, code)| json!([line, code])).collect();
        self.value["hadolint"] = Value::Array(list);
    }
}

/// Asks the real binary. Only rules of its own are kept.
fn ask(text: &str, settings: &Value) -> Answer {
    let folder = std::env::temp_dir().join(format!("hadolint-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the question");
    let (file, config) = (folder.join("Dockerfile"), folder.join("config.yaml"));
    std::fs::write(&file, text).expect("a file for the question");
    // JSON is YAML.
    let options = if settings.is_null() { json!({}) } else { settings.clone() };
    std::fs::write(&config, options.to_string()).expect("a file for the settings");
    let program = std::env::var_os("HADOLINT").unwrap_or_else(|| "hadolint".into());
    let output = Command::new(program)
        .args(["--no-fail", "-f", "json", "-c"])
        .args([&config, &file])
        .output()
        .expect("hadolint runs");
    let found: Value = serde_json::from_slice(&output.stdout).expect("hadolint answers in JSON");
    let pair = |found: &Value| {
        let code = found["code"].as_str()?;
        code.starts_with("DL")
            .then(|| (found["line"].as_u64().unwrap_or(1) as u32, code.to_owned()))
    };
    found.as_array().into_iter().flatten().filter_map(pair).collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("hadolint")
}

fn read(path: &Path) -> Vec<Case> {
    let lines = std::fs::read_to_string(path).expect("a readable corpus");
    let case = |line: &str| {
        let value: Value = serde_json::from_str(line).expect("JSON");
        Case { id: value["id"].as_str().unwrap_or_default().to_owned(), value }
    };
    lines.lines().filter(|line| !line.trim().is_empty()).map(case).collect()
}

pub fn files() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder()).expect("the folder of recorded answers");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "jsonl"));
    files.sort();
    files
}

/// Where we differ on purpose: id of the case to the reason.
fn deliberate() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(folder().join("differences.toml")).expect("a list");
    toml::from_str(&text).expect("ids with reasons")
}

#[test]
fn hadolint_and_we_find_the_same() {
    let deliberate = deliberate();
    let mut seen = BTreeSet::new();
    let mut problems = Vec::new();
    let mut count = 0;
    for file in files() {
        let mut cases = read(&file);
        if std::env::var_os("RECORD").is_some() {
            cases.iter_mut().for_each(Case::record);
            let lines: String = cases.iter().map(|case| format!("{}\n", case.value)).collect();
            std::fs::write(&file, lines).expect("the answers can be written");
        }
        for case in &cases {
            count += 1;
            assert!(seen.insert(case.id.clone()), "two cases are called {}", case.id);
            match (case.difference(), deliberate.get(&case.id)) {
                (Some(difference), None) => {
                    problems.push(format!("{}: {difference}\n{}", case.id, case.text()));
                }
                (None, Some(_)) => {
                    problems.push(format!("{}: listed as different, and is not", case.id));
                }
                _ => {}
            }
        }
    }
    let unknown = deliberate.keys().filter(|id| !seen.contains(*id));
    problems.extend(unknown.map(|id| format!("{id}: listed as different, and is no case")));
    println!("{count} files compared, {} differ on purpose", deliberate.len());
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn hadolint_agrees_on_a_corpus() {
    let Some(file) = std::env::var_os("HADOLINT_CORPUS") else {
        println!("skipped: HADOLINT_CORPUS names no file");
        return;
    };
    let wanted = std::env::var("HADOLINT_CODE").unwrap_or_default();
    // By code: found by both, missed, invented.
    let mut counts: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    for case in read(Path::new(&file)) {
        let (ours, theirs) = (case.ours(), case.theirs());
        if theirs.iter().any(|(_, code)| code == "DL1000") {
            continue;
        }
        let sets = [&ours & &theirs, &theirs - &ours, &ours - &theirs];
        for (column, set) in sets.iter().enumerate() {
            for (line, code) in set {
                counts.entry(code.clone()).or_default()[column] += 1;
                if column > 0 && *code == wanted {
                    let what = if column == 1 { "missed" } else { "invented" };
                    println!("{}:{line} {what}", case.id);
                }
            }
        }
    }
    println!("code    both missed invented recall precision");
    for (code, [both, missed, invented]) in counts {
        let share = |part: usize| 100.0 * both as f64 / ((both + part) as f64).max(1.0);
        println!(
            "{code} {both:5} {missed:6} {invented:8} {:5.1} {:9.1}",
            share(missed),
            share(invented)
        );
    }
}

#[test]
fn the_set_is_the_one_that_users_of_hadolint_know() {
    let settings = Settings { set: RuleSet::Hadolint, ..Settings::default() };
    let dockerfile = "FROM debian\nRUN sudo true\n".to_owned();
    let report = engine::analyze(&Workspace { dockerfile, ..Workspace::default() }, &settings);
    let codes: Vec<_> = report.diagnostics.iter().flat_map(|found| found.codes).collect();
    assert_eq!(codes, [&"DL3006", &"DL3004"]);
}

/// The codes of hadolint 2.15.1: 71 rules, and DL1000 for what it cannot read.
const CODES: [&str; 72] = [
    "DL1000", "DL1001", "DL3000", "DL3001", "DL3002", "DL3003", "DL3004", "DL3006", "DL3007",
    "DL3008", "DL3009", "DL3010", "DL3011", "DL3012", "DL3013", "DL3014", "DL3015", "DL3016",
    "DL3018", "DL3019", "DL3020", "DL3021", "DL3022", "DL3023", "DL3024", "DL3025", "DL3026",
    "DL3027", "DL3028", "DL3029", "DL3030", "DL3032", "DL3033", "DL3034", "DL3035", "DL3036",
    "DL3037", "DL3038", "DL3040", "DL3041", "DL3042", "DL3043", "DL3044", "DL3045", "DL3046",
    "DL3047", "DL3048", "DL3049", "DL3050", "DL3051", "DL3052", "DL3053", "DL3054", "DL3055",
    "DL3056", "DL3057", "DL3058", "DL3059", "DL3060", "DL3061", "DL3062", "DL3063", "DL3064",
    "DL3065", "DL3066", "DL3067", "DL4000", "DL4001", "DL4003", "DL4004", "DL4005", "DL4006",
];

#[test]
fn every_code_of_hadolint_has_a_rule_and_a_case() {
    let cases: Vec<Case> = files().iter().flat_map(|file| read(file)).collect();
    let seen: BTreeSet<String> =
        cases.iter().flat_map(Case::theirs).map(|(_, code)| code).collect();
    for code in CODES {
        assert!(engine::rules::find(code).is_some(), "{code} has no rule");
        assert!(seen.contains(code), "hadolint reports {code} in no case");
    }
}
