//! What no key stroke needs: a module of its own, so that the page is there sooner.
//!
//! Strings in, strings out: JSON where there is more to say than a text. The page calls these by
//! their names, see `services::workshop`.

mod builder;
pub mod explain;
mod tar;

use engine::diagnostic::Edit;
use engine::format::{self, FormatOptions};
use engine::lesson;
use serde_json::{Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

/// The edits that bring a Dockerfile into order, as `[[start, end, "text"], ...]` in bytes.
#[wasm_bindgen]
pub fn format(text: &str) -> String {
    edits(&format::format(text, &FormatOptions::default())).to_string()
}

/// The lesson of a file, or what is wrong with it; `rules` are the names and codes of all rules, a
/// line for each. [`engine::lesson`] says how it is written.
#[wasm_bindgen]
pub fn lesson(text: &str, rules: &str) -> String {
    let is_rule = |name: &str| rules.lines().any(|rule| rule == name);
    lesson::to_json(text, &is_rule).unwrap_or_else(|told| lesson::messages_json(&told))
}

fn edits(edits: &[Edit]) -> Value {
    edits.iter().map(|edit| json!([edit.span.start, edit.span.end, edit.text])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_in_bytes() {
        let answer: Value = serde_json::from_str(&format("# é\nfrom a\n")).unwrap();
        assert_eq!(answer, json!([[5, 9, "FROM"]]));
        assert_eq!(format("FROM a\n"), "[]");
    }

    #[test]
    fn a_lesson_knows_the_rules_that_it_is_given() {
        let text = include_str!("../../../lessons/02-not-root.md");
        let answer = |rules: &str| serde_json::from_str::<Value>(&lesson(text, rules)).unwrap();
        let rules = "no-user\nlast-user-root\nuser-name-no-passwd\nmissing-program\n";
        assert_eq!(answer(rules)["goals"][0], json!(["without", "no-user"]));
        assert_eq!(answer("no-user\n")["messages"].as_array().unwrap().len(), 3);
    }
}
