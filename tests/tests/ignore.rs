//! `.dockerignore`, beside the answers of moby/patternmatcher.

use engine::model::ignore::IgnoreFile;
use serde_json::Value;

#[test]
fn recorded_answers() {
    let Some(path) = std::env::var_os("PATTERNMATCHER_ANSWERS") else { return };
    let text = std::fs::read_to_string(path).expect("a readable file");
    let mut differences = Vec::new();
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).expect("JSON");
        let file = IgnoreFile::parse(case["ignore"].as_str().expect("patterns"));
        let ours = if file.errors.is_empty() {
            file.excludes(case["path"].as_str().expect("a path")).is_some().to_string()
        } else {
            "error".to_owned()
        };
        if case["excluded"] != ours.as_str() {
            differences.push(format!("{line}: {ours}"));
        }
    }
    assert!(differences.is_empty(), "{}\n{}", differences.len(), differences.join("\n"));
}
