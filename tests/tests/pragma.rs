//! Comments that silence, as the page writes them.

use engine::pragma::silence;
use engine::{Settings, Workspace, analyze};

/// The text with the comment in it; it is checked that the rule is silent then.
fn silenced(text: &str, rule: &str) -> String {
    let found = |text: &str| {
        let workspace = Workspace { dockerfile: text.to_owned(), ..Workspace::default() };
        let report = analyze(&workspace, &Settings::default());
        report.diagnostics.into_iter().find(|found| found.rule == rule)
    };
    let diagnostic = found(text).expect("a finding");
    let edit = silence(text, diagnostic.instruction_line, rule).expect("an edit");
    let mut after = text.to_owned();
    after.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
    assert!(found(&after).is_none(), "{after}");
    after
}

#[test]
fn a_comment_goes_above_the_instruction() {
    let text = "# syntax=docker/dockerfile:1\n\nFROM golang\nRUN a \\\n  && b\n";
    let wanted = "# syntax=docker/dockerfile:1\n\n# hadolint ignore=untagged-base\nFROM golang\nRUN a \\\n  && b\n";
    assert_eq!(silenced(text, "untagged-base"), wanted);
    assert_eq!(
        silenced("FROM a:1\r\n  FROM golang\r\n", "untagged-base"),
        "FROM a:1\r\n  # hadolint ignore=untagged-base\r\n  FROM golang\r\n"
    );
    assert_eq!(
        silenced("\u{feff}FROM golang", "untagged-base"),
        "\u{feff}# hadolint ignore=untagged-base\nFROM golang"
    );
}

#[test]
fn a_comment_that_is_there_gets_one_more_name() {
    assert_eq!(
        silenced(
            "# hadolint ignore=DL3007, DL3049 since it is a test\n# more\nFROM golang\n",
            "untagged-base"
        ),
        "# hadolint ignore=DL3007, DL3049,untagged-base since it is a test\n# more\nFROM golang\n"
    );
}

#[test]
fn a_comment_of_another_instruction_or_tool_stays() {
    for above in
        ["# hadolint ignore=DL3007\n\n", "# hadolint ignore=DL3007\nARG A\n", "# check=skip=x\n"]
    {
        let text = format!("ARG B\n{above}FROM golang\n");
        let wanted = format!("ARG B\n{above}# hadolint ignore=untagged-base\nFROM golang\n");
        assert_eq!(silenced(&text, "untagged-base"), wanted);
    }
}

#[test]
fn where_no_instruction_starts_there_is_no_comment() {
    assert_eq!(silence("FROM a\n\n# b\n", 3, "x"), None);
    assert_eq!(silence("", 1, "x"), None);
}
