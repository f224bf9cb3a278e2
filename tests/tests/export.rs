//! SARIF, JSON and Markdown: the form, and that no Dockerfile can break it.

use engine::diagnostic::{Applicability, Diagnostic, Edit, Fix, Level, Related};
use engine::export::{self, Linted};
use engine::source::{Position, Span};
use engine::{RuleSet, fix};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::{Value, json};

const TEXT: &str = "FROM golang AS Build\nRUN cd /src && go build -o /app .\nFROM scratch\n\
                    COPY --from=Build /app /é🐳 \nCMD /app\n";

fn found(text: &str) -> Vec<Diagnostic> {
    crate::robust::report(text, RuleSet::All).diagnostics
}

fn help(rule: &str) -> Option<String> {
    Some(format!("https://example.org/#{rule}"))
}

fn sarif(name: &str, text: &str, diagnostics: &[Diagnostic]) -> Value {
    let text = export::sarif(&[Linted { name, text, diagnostics }], &help);
    serde_json::from_str(&text).expect("SARIF is JSON")
}

/// A finding whose every text is `text`.
fn finding(text: &str, span: Span) -> Diagnostic {
    Diagnostic {
        rule: "untagged-base",
        codes: &["DL3006"],
        level: Level::Warning,
        message: text.to_owned(),
        span,
        instruction_line: 1,
        related: vec![Related { span, message: text.to_owned() }],
        fix: Some(Fix {
            title: text.to_owned(),
            applicability: Applicability::Unsafe,
            edits: vec![Edit::replace(span, text)],
        }),
        impact: None,
    }
}

#[test]
fn sarif_has_rules_and_results() {
    let diagnostics = found(TEXT);
    let log = sarif("a b/Dockerfile", TEXT, &diagnostics);
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), diagnostics.len());
    for (result, found) in results.iter().zip(&diagnostics) {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(result["ruleId"], rules[index]["id"]);
        assert_eq!(result["ruleId"], found.rule);
        assert_eq!(result["message"]["text"], found.message.as_str());
        let level = match found.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info | Level::Style => "note",
        };
        assert_eq!(result["level"], level);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "a%20b/Dockerfile");
        assert_eq!(place["region"]["startLine"].as_u64().map(|line| line as u32 > 0), Some(true));
        assert_eq!(result.get("fixes").is_some(), found.fix.is_some());
    }
    let named = rules.iter().find(|rule| rule["id"] == "untagged-base").expect("untagged-base");
    assert_eq!(named["helpUri"], "https://example.org/#untagged-base");
    assert_eq!(named["defaultConfiguration"]["level"], "warning");
    assert_eq!(named["properties"]["tags"], json!(["from"]));
    let none = export::sarif(&[], &|_| None);
    let none: Value = serde_json::from_str(&none).expect("JSON");
    assert_eq!(none["runs"][0]["results"], json!([]));
}

/// Applies the fix of a result by its lines and columns alone, as an editor would.
fn applied(text: &str, result: &Value) -> String {
    let units: Vec<u16> = text.trim_start_matches('\u{feff}').encode_utf16().collect();
    let starts: Vec<usize> = std::iter::once(0)
        .chain((1..=units.len()).filter(|end| units[end - 1] == u16::from(b'\n')))
        .collect();
    let change = &result["fixes"][0]["artifactChanges"][0]["replacements"];
    let mut units = units;
    for edit in change.as_array().expect("replacements").iter().rev() {
        let number = |name: &str| edit["deletedRegion"][name].as_u64().expect("a number") as usize;
        let at = |line: usize, column: usize| starts[line - 1] + column - 1;
        let (start, end) = (
            at(number("startLine"), number("startColumn")),
            at(number("endLine"), number("endColumn")),
        );
        let new = edit["insertedContent"]["text"].as_str().expect("a text");
        units.splice(start..end, new.encode_utf16());
    }
    String::from_utf16(&units).expect("text")
}

#[test]
fn json_has_the_form_of_the_command_line() {
    let text = "FROM a\nRUN é|x";
    let span = Span::new(11, 15);
    let file = Linted { name: "x\"y", text, diagnostics: &[finding("a\u{1}\n\"\\", span)] };
    let answer: Value = serde_json::from_str(&export::json(&[file])).expect("JSON");
    let ends = json!({
        "start": {"offset": 11, "line": 2, "column": 5},
        "end": {"offset": 15, "line": 2, "column": 8},
    });
    let with_ends = |mut value: Value| {
        let object = value.as_object_mut().expect("an object");
        object.extend(ends.as_object().expect("an object").clone());
        value
    };
    let expected = with_ends(json!({
        "rule": "untagged-base",
        "codes": ["DL3006"],
        "level": "warning",
        "message": "a\u{1}\n\"\\",
        "instruction_line": 1,
        "related": [with_ends(json!({"message": "a\u{1}\n\"\\"}))],
        "fix": {
            "title": "a\u{1}\n\"\\",
            "applicability": "unsafe",
            "edits": [with_ends(json!({"text": "a\u{1}\n\"\\"}))],
        },
    }));
    assert_eq!(answer, json!([{"id": "x\"y", "diagnostics": [expected]}]));
    assert_eq!(export::json(&[]), "[]");
}

/// What GitHub reads beyond CommonMark, which is where reports are pasted; no superscript.
fn github() -> Options {
    Options::ENABLE_GFM
        | Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_MATH
}

/// The events of Markdown that a report may hold, with the number of cells and rows.
fn shape(text: &str) -> Result<(usize, usize), String> {
    let (mut rows, mut cells) = (0, 0);
    for event in Parser::new_ext(text, github()) {
        match event {
            Event::Start(Tag::TableRow) => rows += 1,
            Event::Start(Tag::TableCell) => cells += 1,
            Event::Start(Tag::Link { dest_url, .. }) => {
                if !dest_url.starts_with("https://example.org/") && !dest_url.contains("#L") {
                    return Err(format!("a link to {dest_url}"));
                }
            }
            Event::Start(Tag::Table(_) | Tag::TableHead | Tag::Paragraph | Tag::Heading { .. })
            | Event::End(_)
            | Event::Text(_)
            | Event::Code(_) => {}
            other => return Err(format!("{other:?}")),
        }
    }
    Ok((rows, cells))
}

#[test]
fn markdown_is_grouped_by_level_and_leads_to_lines() {
    let mut first = finding("`golang` has no tag | pipe", Span::new(5, 11));
    let error = Diagnostic { level: Level::Error, codes: &[], ..first.clone() };
    first.message.push_str(", `a|b` and <b>");
    let text = export::markdown(
        &[
            Linted { name: "x (1)/Dockerfile", text: TEXT, diagnostics: &[first, error] },
            Linted { name: "clean", text: "", diagnostics: &[] },
        ],
        &help,
    );
    assert_eq!(
        text,
        "## x (1)/Dockerfile\n\n\
         ### Errors (1)\n\n\
         | Place | Rule | Finding |\n| --- | --- | --- |\n\
         | [1:6](x%20%281%29/Dockerfile#L1) | [untagged-base](https://example.org/#untagged-base) | \
         `golang` has no tag &#124; pipe |\n\n\
         ### Warnings (1)\n\n\
         | Place | Rule | Finding |\n| --- | --- | --- |\n\
         | [1:6](x%20%281%29/Dockerfile#L1) | [untagged-base](https://example.org/#untagged-base) (DL3006) | \
         `golang` has no tag &#124; pipe, &quot;a&#124;b&quot; and &#60;b&#62; |\n\n\
         ## clean\n\nNothing found.\n"
    );
    assert_eq!(shape(&text), Ok((2, 12)));
}

proptest! {
    #[test]
    fn sarif_tells_editors_the_right_places(text in crate::fix::text(), bom: bool, wide in "[é🐳 ]{0,3}") {
        let bom = if bom { "\u{feff}" } else { "" };
        let text = format!("{bom}# {wide}\n{text}");
        let diagnostics = found(&text);
        let log = sarif("Dockerfile", &text, &diagnostics);
        for (result, found) in log["runs"][0]["results"].as_array().expect("results").iter().zip(&diagnostics) {
            if let Some(fix) = &found.fix {
                let expected = fix::edit(&text, &fix.edits);
                prop_assert_eq!(applied(&text, result), expected.trim_start_matches('\u{feff}'));
            }
        }
    }

    #[test]
    fn json_says_what_was_found(text in "\\PC{0,40}|[\\x00-\\x7f]{0,40}", message in any::<String>()) {
        let ends: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).collect();
        let end = ends.last().copied().unwrap_or_default();
        let diagnostics = [finding(&message, Span::new(0, end))];
        let answer = export::diagnostics(&text, &diagnostics);
        let answer: Value = serde_json::from_str(&answer).expect("JSON");
        prop_assert_eq!(answer[0]["message"].as_str(), Some(message.as_str()));
        let lines = engine::source::LineIndex::new(&text);
        let Position { offset, line, column } = lines.position(&text, end);
        prop_assert_eq!(&answer[0]["end"], &json!({"offset": offset, "line": line, "column": column}));
        let log = sarif(&message, &text, &diagnostics);
        prop_assert_eq!(log["runs"][0]["results"][0]["message"]["text"].as_str(), Some(message.as_str()));
    }

    #[test]
    fn no_text_breaks_the_table(
        message in prop_oneof![
            any::<String>(),
            "[|`\\\\<>&*_~!#$@:/\\[\\](){}a \\n-]{0,30}",
            "(`|\\||\\\\|<b>|\\[x\\]\\(y\\)|https://x\\.y|\\n|a| |&#124;|~~|==|\\$){0,12}",
        ],
        name in "[|`\\\\<>&*_\\[\\]()#a\\n]{0,8}",
    ) {
        let file = Linted { name: &name, text: TEXT, diagnostics: &[finding(&message, Span::new(0, 4))] };
        let text = export::markdown(&[file], &help);
        prop_assert_eq!(shape(&text), Ok((1, 6)), "{}", text);
    }
}
