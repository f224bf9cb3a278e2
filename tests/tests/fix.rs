//! Applying fixes: it ends, comes to rest, and never spoils a text.

use engine::diagnostic::{Applicability, Edit, Fix};
use engine::fix::{self, Applied, Reason};
use engine::size::Verdict;
use engine::source::Span;
use engine::{Report, RuleSet, Settings, Workspace, analyze, syntax};
use proptest::prelude::*;
use std::sync::LazyLock;

fn fix(start: u32, end: u32, text: &str) -> Fix {
    let edits = vec![Edit::replace(Span::new(start, end), text)];
    Fix { title: format!("{start} {text:?}"), applicability: Applicability::Safe, edits }
}

fn reasons(applied: &Applied) -> Vec<(&str, Reason)> {
    applied.rejected.iter().map(|fix| (fix.title.as_str(), fix.reason)).collect()
}

fn workspace(text: &str) -> Workspace {
    Workspace { dockerfile: text.to_owned(), ..Workspace::default() }
}

fn settings() -> Settings {
    Settings { set: RuleSet::All, ..Settings::default() }
}

#[test]
fn no_stage_is_proposed_that_a_flag_cannot_name() {
    let text = "FROM golang:1.26 AS \\uild\nFROM scratch\nCOPY --from=build /a /b\n";
    assert_eq!(check(text, Applicability::Unsafe), Ok(()));
}

#[test]
fn users_of_a_distribution_without_their_program_are_created_at_once() {
    let text = "FROM alpine:3.22\nRUN groupadd app && useradd app\n";
    let fixed = fix::apply_all(&workspace(text), &settings(), Applicability::Unsafe).text;
    assert!(fixed.contains("adduser -D -H -G app app"), "{fixed}");
    assert_eq!(check(text, Applicability::Unsafe), Ok(()));
}

#[test]
fn packages_for_another_manager_take_no_comment_with_them() {
    let text = "FROM golang:1.26\nRUN apk update && \\\n    # for tests\n    apk add curl\n";
    assert_eq!(check_comments(text), Ok(()));
    let fixed = |text: &str| {
        let found = analyze(&workspace(text), &settings()).diagnostics;
        found.iter().any(|found| found.rule == "missing-program" && found.fix.is_some())
    };
    assert!(!fixed(text) && fixed(&text.replace("    # for tests\n", "")));
}

#[test]
fn of_two_that_touch_each_other_the_first_wins() {
    let fixes = [fix(0, 4, "from"), fix(2, 6, "x"), fix(5, 5, "b"), fix(5, 6, "c")];
    let applied = fix::apply("FROM a", &fixes.iter().collect::<Vec<_>>());
    assert_eq!(applied.text, "from ba");
    assert_eq!(applied.applied, 2);
    assert_eq!(reasons(&applied), [("2 \"x\"", Reason::Conflict), ("5 \"c\"", Reason::Conflict)]);
}

#[test]
fn a_flag_for_an_instruction_that_goes_is_not_inserted() {
    let (join, flag) = (fix(12, 17, " && "), fix(17, 17, "--network=none "));
    let text = "FROM a\nRUN b\nRUN c\n";
    let joined = fix::apply(text, &[&join, &flag]);
    assert_eq!(joined.text, "FROM a\nRUN b && c\n");
    assert_eq!(fix::apply(text, &[&flag, &join]).text, "FROM a\nRUN b\nRUN --network=none c\n");
    assert_eq!(joined.applied, 1);
}

#[test]
fn one_that_spoils_the_text_does_not_take_the_others_with_it() {
    let line = "USER a\n";
    let text = format!("FROM a\n{}", line.repeat(20));
    let place = |index: usize| (7 + index * line.len() + 5) as u32;
    let good = |index: usize| fix(place(index), place(index) + 1, "b");
    let bad = |index: usize| fix(place(index), place(index) + 1, "");
    let fixes: Vec<Fix> = (0..20).map(|at| if at % 7 == 3 { bad(at) } else { good(at) }).collect();
    let applied = fix::apply(&text, &fixes.iter().collect::<Vec<_>>());
    assert_eq!(applied.applied, 17);
    assert_eq!(applied.text.matches("USER b").count(), 17);
    assert_eq!(applied.text.matches("USER a").count(), 3);
    assert!(applied.rejected.iter().all(|fix| fix.reason == Reason::ParsesWorse));
}

#[test]
fn one_that_gives_way_to_a_spoiler_gets_its_turn() {
    let fixes = [fix(5, 6, ""), fix(5, 6, "b")];
    let applied = fix::apply("USER a", &fixes.iter().collect::<Vec<_>>());
    assert_eq!(applied.text, "USER b");
    assert_eq!(reasons(&applied), [("5 \"\"", Reason::ParsesWorse)]);
}

#[test]
fn what_builds_still_builds() {
    let text = "FROM a AS b\nFROM c\nCOPY --from=d /e /f\nFROM g AS h\n";
    let place = text.find("d /e").expect("a place") as u32;
    let applied = fix::apply(text, &[&fix(place, place + 1, "h")]);
    assert_eq!(applied.text, text);
    assert_eq!(reasons(&applied), [(r#"31 "h""#, Reason::ParsesWorse)]);
}

#[test]
fn many_spoilers_take_linear_time() {
    let text = format!("FROM a\n{}", "USER a\n".repeat(10_000));
    let place = |index: u32| 7 + index * 7 + 5;
    let fixes: Vec<Fix> = (0..10_000).map(|at| fix(place(at), place(at) + 1, "")).collect();
    let applied = fix::apply(&text, &fixes.iter().collect::<Vec<_>>());
    assert_eq!((applied.applied, applied.rejected.len()), (0, 10_000));
    assert_eq!(applied.text, text);
}

#[test]
fn a_choice_of_findings_is_fixed() {
    let text = "FROM golang:1.26 as Build\nFROM scratch as Final\nCOPY --from=Build /a /b\n";
    let of_rule = fix::apply_where(&workspace(text), &settings(), None, &|found| {
        found.rule == "stage-casing"
    });
    assert_eq!(of_rule.text, text.replace("Build", "build").replace("Final", "final"));
    let none = fix::apply_where(&workspace(text), &settings(), None, &|_| false);
    assert_eq!((none.text.as_str(), none.applied), (text, 0));
}

/// An appended command lands in the open quote and helps nobody.
#[test]
fn a_fix_that_does_not_help_is_not_applied_for_ever() {
    let text = "FROM debian:trixie-slim\nRUN apt-get update \\\n\"curl\n";
    let once = fix::apply_all(&workspace(text), &settings(), Applicability::Unsafe);
    assert!(once.text.len() < text.len() + 400, "{}", once.text);
    let twice = fix::apply_all(&workspace(&once.text), &settings(), Applicability::Unsafe);
    assert_eq!(twice.text, once.text);
}

static EXAMPLES: LazyLock<Vec<String>> = LazyLock::new(crate::rules::examples);

/// Texts from the examples of all rules: one behind the other, cut off, with lines left out,
/// doubled or put elsewhere, and with a character changed.
pub fn text() -> impl Strategy<Value = String> {
    let example = (0..EXAMPLES.len()).prop_map(|index| EXAMPLES[index].clone());
    let change = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..6, any::<bool>());
    (prop::collection::vec(example, 1..4), prop::collection::vec(change, 0..3)).prop_map(
        |(parts, changes)| {
            let mut text: String = parts.concat();
            for (first, second, kind, crlf) in changes {
                text = mutated(&text, first, second, kind, crlf);
            }
            text
        },
    )
}

fn mutated(
    text: &str,
    first: prop::sample::Index,
    second: prop::sample::Index,
    kind: i32,
    crlf: bool,
) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    if lines.is_empty() {
        return text.to_owned();
    }
    let (from, to) = (first.index(lines.len()), second.index(lines.len()));
    match kind {
        0 => drop(lines.remove(from)),
        1 => lines.insert(to, lines[from]),
        2 => lines.swap(from, to),
        3 => lines.truncate(from),
        4 => {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            return text[..places[first.index(places.len())]].to_owned();
        }
        _ if crlf => return text.replace("\r\n", "\n").replace('\n', "\r\n"),
        _ => {
            let places: Vec<(usize, char)> = text.char_indices().collect();
            let (at, old) = places[first.index(places.len())];
            let others = [' ', '"', '\'', '\\', '\n', '$', '#', '<', '&', '=', '`', 'x', '\t'];
            let new = others[second.index(others.len())].to_string();
            return format!("{}{new}{}", &text[..at], &text[at + old.len_utf8()..]);
        }
    }
    lines.concat()
}

/// Where comments stand, also those inside of instructions.
fn comments(text: &str) -> Vec<Span> {
    let tree = syntax::parse(text);
    let of_item = |item: &syntax::Item| match &item.kind {
        syntax::ItemKind::Comment => vec![item.extent],
        syntax::ItemKind::Instruction(instruction) => instruction.line.comments.clone(),
        _ => Vec::new(),
    };
    tree.items.iter().flat_map(of_item).collect()
}

/// Applies all fixes down to `threshold`: what is left is rejected, and a second run changes nothing.
fn check(text: &str, threshold: Applicability) -> Result<(), String> {
    let settings = settings();
    let once = fix::apply_all(&workspace(text), &settings, threshold);
    let after = &once.text;
    if syntax::parse(after).errors.len() > syntax::parse(text).errors.len() {
        return Err(format!("parses worse\n--- before\n{text}\n--- after\n{after}"));
    }
    let report = analyze(&workspace(after), &settings);
    // What BuildKit refuses; a stage that is found at last may show what else is missing.
    let refused = |report: &Report| {
        let by_buildkit = report.reasons.iter().any(|reason| reason.finding.is_none());
        report.verdict == Verdict::WouldNotBuild && by_buildkit
    };
    if refused(&report) && !refused(&analyze(&workspace(text), &settings)) {
        let reasons = report.reasons;
        return Err(format!("builds no more: {reasons:?}\n--- before\n{text}\n--- after\n{after}"));
    }
    let fixes =
        report.diagnostics.iter().filter_map(|found| Some((found.rule, found.fix.as_ref()?)));
    let left: Vec<_> = fixes.filter(|(_, fix)| fix.applicability >= threshold).collect();
    if left.len() != once.rejected.len() {
        return Err(format!("{left:?} stay, rejected are {:?}\n{after}", once.rejected));
    }
    let twice = fix::apply_all(&workspace(after), &settings, threshold);
    if twice.text != *after {
        return Err(format!("changes again\n--- once\n{after}\n--- twice\n{}", twice.text));
    }
    Ok(())
}

/// No fix removes a comment, unless it is what is wrong.
fn check_comments(text: &str) -> Result<(), String> {
    let comments = comments(text);
    for found in analyze(&workspace(text), &settings()).diagnostics {
        for edit in found.fix.iter().flat_map(|fix| &fix.edits) {
            let hit =
                |comment: &&Span| comment.start < edit.span.end && edit.span.start < comment.end;
            for comment in comments.iter().filter(hit) {
                let own = comment.start <= found.span.end && found.span.start <= comment.end;
                let comment = comment.of(text);
                if !own && !edit.text.contains(comment.trim()) {
                    return Err(format!("{} removes {comment:?}\n{text}", found.rule));
                }
            }
        }
    }
    Ok(())
}

/// Real files; `HADOLINT_CORPUS` names them.
#[test]
fn a_corpus_is_fixed() {
    let Some(corpus) = std::env::var_os("HADOLINT_CORPUS") else {
        return println!("skipped: HADOLINT_CORPUS does not name a corpus");
    };
    let corpus = std::fs::read_to_string(corpus).expect("a corpus");
    let (mut fixed, mut rejected) = (0, std::collections::BTreeMap::new());
    let mut problems = Vec::new();
    for line in corpus.lines() {
        let case: serde_json::Value = serde_json::from_str(line).expect("a case");
        let text = case["dockerfile"].as_str().expect("a text");
        for threshold in [Applicability::Safe, Applicability::Unsafe] {
            problems.extend(check(text, threshold).err());
        }
        problems.extend(check_comments(text).err());
        let all = fix::apply_all(&workspace(text), &settings(), Applicability::Unsafe);
        fixed += all.applied;
        for found in all.rejected {
            *rejected.entry((found.title, found.reason.text())).or_insert(0) += 1;
        }
    }
    println!("{fixed} fixes applied, left out: {rejected:#?}");
    assert!(problems.is_empty(), "{}: {}", problems.len(), problems[0]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn all_safe_fixes_come_to_rest(text in text()) {
        prop_assert_eq!(check(&text, Applicability::Safe), Ok(()));
    }

    #[test]
    fn all_fixes_come_to_rest(text in text()) {
        prop_assert_eq!(check(&text, Applicability::Unsafe), Ok(()));
    }

    #[test]
    fn comments_stay_unless_they_are_what_is_wrong(text in text()) {
        prop_assert_eq!(check_comments(&text), Ok(()));
    }
}
