//! The linter of shell scripts, as the page's worker calls it: JSON in, JSON out.
//!
//! A request is `{"text", "shell": "/bin/bash", "pipefail": false, "variables": ["NAME"]}`; the answer is a
//! list of `{"code", "level", "message", "start", "end", "fix"?}` with places in bytes of the text
//! and `fix` as `{"title", "safe", "edits": [[start, end, "text"]]}`.

use serde_json::{Value, json};
use shellcheck::{Finding, Level, Script, ShellCheck};
use wasm_bindgen::prelude::wasm_bindgen;

/// The linter with its tables.
#[wasm_bindgen]
#[derive(Default)]
pub struct Linter {
    shellcheck: ShellCheck,
}

#[wasm_bindgen]
impl Linter {
    /// A linter.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers one request; one that cannot be read has no findings.
    pub fn lint(&self, request: &str) -> String {
        let found = self.answer(request).unwrap_or_default();
        Value::Array(found.iter().map(finding).collect()).to_string()
    }

    fn answer(&self, request: &str) -> Option<Vec<Finding>> {
        let request: Value = serde_json::from_str(request).ok()?;
        let variables: Vec<String> = request["variables"]
            .as_array()?
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect();
        Some(self.shellcheck.lint(&Script {
            text: request["text"].as_str()?,
            shell: request["shell"].as_str()?,
            pipefail: request["pipefail"].as_bool().unwrap_or_default(),
            variables: &variables,
        }))
    }
}

fn finding(found: &Finding) -> Value {
    let level = match found.level {
        Level::Style => "style",
        Level::Info => "info",
        Level::Warning => "warning",
        Level::Error => "error",
    };
    let mut value = json!({
        "code": found.code,
        "level": level,
        "message": found.message,
        "start": found.range.start,
        "end": found.range.end,
    });
    if let Some(fix) = &found.fix {
        let edit =
            |(range, text): &(std::ops::Range<u32>, String)| json!([range.start, range.end, text]);
        let edits: Vec<Value> = fix.edits.iter().map(edit).collect();
        value["fix"] = json!({"title": fix.title, "safe": fix.safe, "edits": edits});
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_in_bytes_of_the_script() {
        let request = r#"{"text": "echo é $x", "shell": "/bin/sh", "variables": []}"#;
        let answer: Value = serde_json::from_str(&Linter::new().lint(request)).unwrap();
        let found = answer.as_array().unwrap().iter().find(|found| found["code"] == 2086).unwrap();
        assert_eq!((found["start"].as_u64(), found["end"].as_u64()), (Some(8), Some(10)));
        assert_eq!(found["fix"]["edits"][0][2].as_str().map(|text| text.contains('"')), Some(true));
    }

    #[test]
    fn has_nothing_to_say_to_what_is_no_request() {
        for request in ["", "[]", "{}", "{\"text\": 1}", "\u{0}"] {
            assert_eq!(Linter::new().lint(request), "[]");
        }
    }
}
