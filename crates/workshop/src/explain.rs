//! What an error message means, for the page. The page's own rules then look for the cause.

use engine::diagnostic::Fix;
use engine::explain::{Meaning, Place, recognise};
use engine::source::Span;
use serde_json::{Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::edits;

/// What is recognised in a message, by the table of messages that the page has fetched.
#[wasm_bindgen]
pub fn explain(table: &str, message: &str, dockerfile: &str, platform: &str) -> String {
    let found = recognise(table, message, dockerfile, platform);
    let answer = json!({
        "known": found.known,
        "instructions": found.instructions.into_iter().map(span).collect::<Value>(),
        "meanings": found.meanings.iter().map(meaning).collect::<Value>(),
    });
    answer.to_string()
}

fn meaning(found: &Meaning) -> Value {
    let said = &found.explanation;
    json!({
        "kind": said.kind,
        "title": said.title,
        "cause": said.cause,
        "steps": said.steps,
        "span": span(said.span),
        "places": said.places.iter().map(place).collect::<Value>(),
        "otherwise": said.otherwise,
        "rules": found.rules,
        "tells": found.tells,
        "placed": found.placed,
        "order": found.order,
    })
}

fn place(place: &Place) -> Value {
    let fix = |fix: &Fix| {
        json!({
            "title": fix.title,
            "applicability": fix.applicability.name(),
            "edits": edits(&fix.edits),
        })
    };
    json!({
        "span": span(place.span),
        "message": place.message,
        "fix": place.fix.as_ref().map(fix),
    })
}

fn span(span: Span) -> Value {
    json!([span.start, span.end])
}
