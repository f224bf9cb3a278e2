//! The command-line door: one answer line for each request line, whatever it holds.

use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};

/// Runs `analyze --jsonl` over the lines; cargo builds the example together with the tests.
fn answers(lines: &[Vec<u8>]) -> Vec<Value> {
    let mut child = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--package", "engine", "--example", "analyze", "--", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("cargo runs the example");
    let mut input = child.stdin.take().expect("standard input");
    let lines = lines.to_vec();
    let writer = std::thread::spawn(move || {
        for line in lines {
            input.write_all(&line).expect("the example reads on");
            input.write_all(b"\n").expect("the example reads on");
        }
    });
    let output = child.wait_with_output().expect("the example ends");
    writer.join().expect("all is written");
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("answers are UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("an answer is JSON")).collect()
}

fn request(id: &str, dockerfile: &str) -> Vec<u8> {
    json!({"id": id, "dockerfile": dockerfile}).to_string().into_bytes()
}

#[test]
fn one_answer_for_each_line() {
    let requests = vec![
        request("empty", ""),
        request("nul", "FROM a\nRUN \0"),
        request("line", &format!("FROM a\nRUN echo {}", "x".repeat(1_000_000))),
        request("lines", &"RUN echo one more line of text\n".repeat(10_000_000 / 31)),
        b"\xff\xfe not json".to_vec(),
        b"".to_vec(),
        b"[]".to_vec(),
        b"{\"id\": 7}".to_vec(),
        request("last", "FROM alpine:3.20\nCMD [\"true\"]\n"),
    ];
    let answers = answers(&requests);
    assert_eq!(answers.len(), requests.len());
    let ids: Vec<_> = answers.iter().map(|answer| answer["id"].clone()).collect();
    assert_eq!(
        ids,
        [
            json!("empty"),
            json!("nul"),
            json!("line"),
            json!("lines"),
            Value::Null,
            Value::Null,
            Value::Null,
            json!(7),
            json!("last")
        ]
    );
}

#[test]
fn the_answer_has_the_documented_form() {
    let text = "FROM golang AS Build\nRUN cd /src && go build -o /app .\nFROM scratch\nCOPY --from=Build /app /app\nCMD /app\n";
    let request = json!({
        "id": 1,
        "dockerfile": text,
        "project": {"binaryBytes": 8_000_000, "platform": "linux/arm64"},
        "settings": {"set": "all", "ignored": ["DL3003"], "override": {"error": ["untagged-base"]}},
    });
    let answer = answers(&[request.to_string().into_bytes()]).remove(0);
    let found = answer["diagnostics"].as_array().expect("diagnostics");
    let named = |name: &str| found.iter().find(|found| found["rule"] == name);
    let untagged = named("untagged-base").expect("untagged-base speaks");
    assert_eq!(untagged["codes"], json!(["DL3006"]));
    assert_eq!(untagged["level"], "error");
    assert_eq!(untagged["instruction_line"], 1);
    assert_eq!(untagged["start"], json!({"offset": 5, "line": 1, "column": 6}));
    assert_eq!(untagged["end"], json!({"offset": 11, "line": 1, "column": 12}));
    assert!(named("cd-instead-of-workdir").is_none(), "DL3003 was switched off");
    let casing = named("stage-casing").expect("stage-casing speaks");
    assert_eq!(casing["fix"]["applicability"], "safe");
    assert_eq!(casing["fix"]["edits"][0]["text"], "build");
    assert_eq!(answer["stages"][0]["name"], "Build");
    assert_eq!(answer["stages"][1]["uses"], json!([0]));
    for size in ["unpacked", "compressed"] {
        for end in ["low", "likely", "high"] {
            assert!(answer["estimate"][size][end].is_u64(), "estimate.{size}.{end}");
            assert!(answer["bases"][0][size][end].is_u64(), "bases.{size}.{end}");
        }
    }
    assert_eq!(answer["estimate"]["unpacked"]["likely"], 8_000_000);
    assert_eq!(answer["estimate"]["layers"][1]["line"], 4);
    assert!(answer["estimate"]["layers"][1]["parts"][0]["what"].is_string());
    assert!(answer["bases"][0]["ref"].is_string() && answer["bases"][0]["reasons"].is_array());
    assert_eq!(answer["verdict"], "would-not-start");
}
