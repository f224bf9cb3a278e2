//! Messages of Docker and of programs: how they are recognised, and what they lead to.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use engine::diagnostic::Fix;
use engine::explain::{Explanation, MESSAGES, explain};
use engine::source::LineIndex;
use engine::{Settings, Workspace, fix};
use serde_json::Value;

fn read(name: &str) -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("explain").join(name);
    let text = fs::read_to_string(&path).unwrap();
    let table: toml::Table = text.parse().unwrap_or_else(|error| panic!("{name}: {error}"));
    serde_json::to_value(table).unwrap()
}

fn of(message: &str, workspace: &Workspace) -> Vec<Explanation> {
    explain(message, workspace, &Settings::default())
}

fn kind_of(message: &str) -> String {
    let found = of(message, &Workspace::default());
    found.first().map(|first| first.kind.clone()).unwrap_or_default()
}

#[test]
fn each_kind_is_recognised_in_real_wordings() {
    let wordings: BTreeMap<String, Vec<String>> =
        serde_json::from_value(read("wordings.toml")).unwrap();
    let mut wrong = Vec::new();
    for (kind, texts) in &wordings {
        for text in texts {
            // Alone, in a log of BuildKit, in one of Compose, and with colours.
            let first = text.lines().next().unwrap_or_default();
            let forms = [
                text.clone(),
                format!("#12 [build 3/4] RUN x\n#12 0.345 ok\n{text}\n------\n"),
                text.lines().map(|line| format!("#12 10.345 {line}\n")).collect(),
                text.lines().map(|line| format!("api-1  | {line}\r\n")).collect(),
                text.replacen(first, &format!("\u{1b}[91m{first}\u{1b}[0m"), 1),
            ];
            for form in forms {
                let found = kind_of(&form);
                if found != *kind {
                    wrong.push(format!("{kind}: found {found} in {form:?}"));
                    break;
                }
            }
        }
        if texts.len() < 2 {
            wrong.push(format!("{kind} needs two wordings"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    let kinds = MESSAGES.split('@').filter_map(|kind| kind.split_once('\n'));
    for (name, fields) in kinds.filter(|(_, fields)| !fields.starts_with("k0")) {
        assert!(wordings.contains_key(name), "{name} has no wording in tests/explain");
        assert!(!fields.is_empty());
    }
}

#[test]
fn what_goes_well_is_no_message() {
    let logs: BTreeMap<String, String> = serde_json::from_value(read("silent.toml")).unwrap();
    for (name, log) in logs {
        assert_eq!(kind_of(&log), "unknown", "in {name}");
        for line in log.lines().filter(|line| !line.trim().is_empty()) {
            assert_eq!(kind_of(line), "unknown", "in {name}: {line}");
        }
    }
}

#[test]
fn a_message_leads_to_its_place_and_its_fix() {
    let cases = read("cases.toml");
    let mut wrong = Vec::new();
    for case in cases["case"].as_array().unwrap() {
        let text = |key: &str| case.get(key).and_then(Value::as_str);
        let list = |key: &str| -> Option<Vec<&str>> {
            Some(case.get(key)?.as_array()?.iter().filter_map(Value::as_str).collect())
        };
        let dockerfile = text("dockerfile").unwrap();
        let workspace = Workspace {
            dockerfile: dockerfile.to_owned(),
            dockerignore: text("dockerignore").map(str::to_owned),
            ..Workspace::default()
        };
        let found = of(text("message").unwrap(), &workspace);
        let first = found.first().expect("an explanation");
        let lines = LineIndex::new(dockerfile);
        let places: Vec<String> = first
            .places
            .iter()
            .map(|place| format!("{} {}", lines.line(place.span.start), place.span.of(dockerfile)))
            .collect();
        let findings: Vec<String> = first
            .findings
            .iter()
            .map(|found| format!("{} {}", found.rule, lines.line(found.span.start)))
            .collect();
        let mut complain = |what: &str, found: &str| {
            wrong.push(format!("{}: {what}: {found}", text("name").unwrap()));
        };
        if text("kind") != Some(&first.kind) {
            complain("kind", &first.kind);
        }
        if list("places").is_some_and(|wanted| wanted != places) {
            complain("places", &format!("{places:?}"));
        }
        if list("findings").is_some_and(|wanted| wanted != findings) {
            complain("findings", &format!("{findings:?}"));
        }
        let otherwise = case.get("otherwise").and_then(Value::as_bool);
        if otherwise.is_some_and(|wanted| wanted != first.otherwise.is_some()) {
            complain("otherwise", &format!("{:?}", first.otherwise));
        }
        if let Some(wanted) = text("fixed") {
            let of_places = first.places.iter().filter_map(|place| place.fix.as_ref());
            let of_findings = first.findings.iter().filter_map(|found| found.fix.as_ref());
            let fix: Option<&Fix> = of_places.chain(of_findings).next();
            let fixed = fix.map(|one| fix::apply(dockerfile, &[one]).text);
            if fixed.as_deref() != Some(wanted) {
                complain("fixed", &format!("{fixed:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn all_rules_of_the_table_exist_and_all_holes_are_filled() {
    for line in MESSAGES.lines() {
        if let Some(rule) = line.strip_prefix('r') {
            let found = engine::rules::find(rule);
            assert!(found.is_some_and(|found| found.name == rule), "`{rule}` is no rule");
        }
    }
    let wordings: BTreeMap<String, Vec<String>> =
        serde_json::from_value(read("wordings.toml")).unwrap();
    for text in wordings.values().flatten() {
        for found in of(text, &Workspace::default()) {
            let said = [&found.title, &found.cause].into_iter().chain(&found.steps);
            for said in said.chain(&found.otherwise) {
                let odd = ["{", "}", "``", "  "].iter().any(|odd| said.contains(odd));
                assert!(!odd || said.contains("{ "), "{}: {said}", found.kind);
                assert!(said.matches('`').count() % 2 == 0, "{}: {said}", found.kind);
            }
            assert!(!found.span.of(text).is_empty(), "{}", found.kind);
        }
    }
}

#[test]
fn a_message_is_found_where_it_stands() {
    let log = "\u{1b}[1mfirst\u{1b}[0m\r\n#3 0.1 \u{2018}x\u{2019} \u{1b}[31mE: Unable to locate package curl\u{1b}[0m\n";
    let found = of(log, &Workspace::default());
    assert_eq!(found[0].span.of(log), "E: Unable to locate package curl");
    assert!(of("", &Workspace::default()).is_empty());
    assert!(of(" \n", &Workspace::default()).is_empty());
}

#[test]
fn several_causes_are_told_apart() {
    let log = "Bind for 0.0.0.0:80 failed: port is already allocated\nno space left on device\n";
    let kinds: Vec<String> =
        of(log, &Workspace::default()).into_iter().map(|found| found.kind).collect();
    assert_eq!(kinds, ["port-taken", "no-space"]);
}

#[test]
fn ten_megabytes_take_linear_time() {
    let units = [
        "#12 0.345 go: downloading github.com/gin-gonic/gin v1.10.0\n",
        "failed to calculate checksum of ref ",
        "exec ",
        "sh: ",
        "sh: 1: ",
        "version `GLIBC_",
        "failed to process \"",
        ": not found",
        "\u{1b}[",
        "\u{2018}",
        "E: Unable to locate package x\n",
        "Dockerfile:1\n",
        "process \"/bin/sh -c ",
        "a",
        "{",
    ];
    let workspace = Workspace { dockerfile: "FROM a\nRUN b\n".into(), ..Workspace::default() };
    for (index, unit) in units.into_iter().enumerate() {
        // Tests are not optimised, so only two of them are that long.
        let size = if index < 2 { 10_000_000 } else { 500_000 };
        let log = unit.repeat(size / unit.len());
        let start = cpu_time::ThreadTime::now();
        let found = of(&log, &workspace);
        assert!(!found.is_empty());
        let seconds = start.elapsed().as_secs_f64();
        // On a busy machine; what is not linear takes hours.
        assert!(seconds < 60.0, "{unit:?}: {seconds} s");
    }
}

#[test]
fn any_text_is_read() {
    let texts = [
        "\0",
        "\u{1b}",
        "\u{1b}[",
        "[1m",
        "\\\"",
        "#",
        "# ",
        "{",
        "é: not found",
        "\u{201c}\r\r\n",
    ];
    for text in texts {
        let padded = format!(
            "E: Unable to locate package {text}{text}\n{text}exec {text}: no such file or directory"
        );
        of(&padded, &Workspace { dockerfile: text.into(), ..Workspace::default() });
        of(text, &Workspace::default());
        // A table that was cut off or changed on the way is read as far as possible.
        for table in
            [text, "@a", "@a\npx", "p\n@\nk9\np{", "@a\np{}{}{}\npabcd{x\npabcd{x}", "@unknown"]
        {
            engine::explain::explain_with(
                table,
                &padded,
                &Workspace::default(),
                &Settings::default(),
            );
        }
    }
}
