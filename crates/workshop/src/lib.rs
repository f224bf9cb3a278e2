//! What no key stroke needs: a module of its own, so that the page is there sooner.
//!
//! Strings in, strings out: JSON where there is more to say than a text. The page calls these by
//! their names, see `services::workshop`.

mod builder;
pub mod explain;
mod tar;

use engine::diagnostic::Edit;
use engine::format::{self, FormatOptions};
use serde_json::{Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

/// The edits that bring a Dockerfile into order, as `[[start, end, "text"], ...]` in bytes.
#[wasm_bindgen]
pub fn format(text: &str) -> String {
    edits(&format::format(text, &FormatOptions::default())).to_string()
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
}
