//! What the workshop recognises in an error message.

use engine::diagnostic::{Applicability, Edit, Fix};
use engine::explain::{Explanation, Meaning, Place, Recognised};
use engine::source::Span;

use crate::json::Json;

/// Reads an answer of the workshop; `None` where it is none.
pub fn recognised(answer: &str) -> Option<Recognised> {
    let answer = Json::parse(answer)?;
    Some(Recognised {
        meanings: list(&answer, "meanings", meaning),
        known: answer.get("known")?.as_bool()?,
        instructions: list(&answer, "instructions", span),
    })
}

/// Edits, as `[[start, end, "text"], ...]`.
pub fn edits(edits: &Json) -> Option<Vec<Edit>> {
    let one = |edit: &Json| match edit.elements() {
        [start, end, text] => {
            let span = Span::new(number(start)?, number(end)?);
            Some(Edit { span, text: text.as_str()?.to_owned() })
        }
        _ => None,
    };
    edits.elements().iter().map(one).collect()
}

fn meaning(value: &Json) -> Option<Meaning> {
    let words = |value: &Json| value.as_str().map(str::to_owned);
    Some(Meaning {
        explanation: Explanation {
            kind: text(value, "kind")?,
            title: text(value, "title")?,
            cause: text(value, "cause")?,
            steps: list(value, "steps", words),
            span: span(value.get("span")?)?,
            places: list(value, "places", place),
            findings: Vec::new(),
            otherwise: text(value, "otherwise"),
            rules: Vec::new(),
        },
        rules: list(value, "rules", words),
        tells: text(value, "tells")?,
        placed: value.get("placed")?.as_bool()?,
        order: value.get("order")?.as_u64()?,
    })
}

fn place(value: &Json) -> Option<Place> {
    let fix = |fix: &Json| {
        let name = text(fix, "applicability")?;
        let known = [Applicability::Manual, Applicability::Unsafe, Applicability::Safe];
        Some(Fix {
            title: text(fix, "title")?,
            applicability: known.into_iter().find(|known| known.name() == name)?,
            edits: edits(fix.get("edits")?)?,
        })
    };
    Some(Place {
        span: span(value.get("span")?)?,
        message: text(value, "message")?,
        fix: value.get("fix").and_then(fix),
    })
}

fn list<T>(value: &Json, key: &str, read: impl Fn(&Json) -> Option<T>) -> Vec<T> {
    value.get(key).map(Json::elements).unwrap_or_default().iter().filter_map(read).collect()
}

fn text(value: &Json, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(str::to_owned)
}

fn span(value: &Json) -> Option<Span> {
    match value.elements() {
        [start, end] => Some(Span::new(number(start)?, number(end)?)),
        _ => None,
    }
}

fn number(value: &Json) -> Option<u32> {
    value.as_u64()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_workshop_writes() {
        const TEXT: &str = "FROM golang:1.26\nCOPY --from=biuld /x /x\nRUN go build\n";
        for message in [
            "go: go.mod requires go >= 1.27 (running go 1.26)",
            "biuld: failed to resolve source metadata for docker.io/library/biuld:latest",
            "exec /x: exec format error",
            "something \"else\"",
            "",
        ] {
            let table = engine::explain::MESSAGES;
            let answer = workshop::explain::explain(table, message, TEXT, "linux/amd64");
            let same = engine::explain::recognise(table, message, TEXT, "linux/amd64");
            assert_eq!(recognised(&answer), Some(same), "{message}");
        }
        assert_eq!(recognised("{}"), None);
    }
}
