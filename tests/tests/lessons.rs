//! The lessons: each start is still to be solved, each solution is solved and well made, and what is
//! wrong with a lesson is told in its line.

use engine::lesson::{self, Goal, Lesson, Message, Prose, VERDICTS, judge, parse, to_json};
use engine::size::Verdict;
use engine::{Settings, Workspace, analyze, rules};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;

fn is_rule(name: &str) -> bool {
    rules::find(name).is_some()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The files of the lessons that ship, by name.
fn files() -> Vec<(String, String)> {
    let mut paths: Vec<_> =
        fs::read_dir(root().join("lessons")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let file = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, fs::read_to_string(&path).unwrap())
    };
    paths.into_iter().map(file).collect()
}

fn lessons() -> Vec<(String, Lesson)> {
    let read = |(name, text): (String, String)| {
        let lesson = parse(&text, &is_rule).unwrap_or_else(|told| panic!("{name}: {told:?}"));
        (name, lesson)
    };
    files().into_iter().map(read).collect()
}

/// What keeps a text from solving a lesson.
fn open(goals: &[Goal], text: &str) -> Vec<String> {
    let (stands, solved) = judge(goals, text);
    assert!(!solved || stands.iter().all(|stand| stand.met));
    let open = goals.iter().zip(&stands).filter(|(_, stand)| !stand.met);
    open.map(|(goal, stand)| format!("{}: {}", goal.task(), stand.now)).collect()
}

#[test]
fn each_start_is_unsolved_and_each_solution_solved() {
    let lessons = lessons();
    assert_eq!(lessons.len(), 8);
    for (name, lesson) in &lessons {
        assert!(lesson.summary.ends_with('.') && lesson.minutes <= 15, "{name}");
        assert_ne!(open(&lesson.goals, &lesson.start), [""; 0], "{name}");
        assert_eq!(open(&lesson.goals, &lesson.solution), [""; 0], "{name}");
        assert!(judge(&lesson.goals, &lesson.solution).1, "{name}");
    }
}

#[test]
fn a_solution_has_no_finding() {
    for (name, lesson) in &lessons() {
        let workspace = Workspace { dockerfile: lesson.solution.clone(), ..Workspace::default() };
        let found = analyze(&workspace, &Settings::default()).diagnostics;
        let asked = |rule: &str| lesson.goals.contains(&Goal::Without(rule.to_owned()));
        assert!(found.iter().all(|found| !asked(found.rule)), "{name}: {found:?}");
    }
}

#[test]
fn each_lesson_names_its_rules_in_full_and_has_two_hints_and_a_chapter() {
    let chapters: Vec<String> = fs::read_dir(root().join("guide"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    for (name, lesson) in &lessons() {
        for goal in &lesson.goals {
            if let Goal::Without(rule) | Goal::Finds(rule) = goal {
                assert_eq!(rules::find(rule).unwrap().name, rule, "{name}");
            }
        }
        let file = format!("-{}.md", lesson.chapter.as_ref().unwrap());
        assert!(chapters.iter().any(|name| name.ends_with(&file)), "{name}");
        let titles: Vec<_> = lesson.hints.iter().map(|hint| hint.title.as_str()).collect();
        assert_eq!(titles, ["Hint", "Another hint"], "{name}");
    }
}

#[test]
fn verdicts_are_those_of_the_engine() {
    use Verdict::{Starts, StartsAfterEdits, WouldNotBuild, WouldNotStart};
    let names = [Starts, StartsAfterEdits, WouldNotStart, WouldNotBuild].map(Verdict::name);
    assert_eq!(VERDICTS, names);
}

#[test]
fn a_goal_is_made_of_its_parts_again() {
    let goals = [
        Goal::Without("no-user".into()),
        Goal::Finds("DL3006".into()),
        Goal::Verdict("starts".into()),
        Goal::AtMostUnpacked(20_000_000),
        Goal::Keeps("a \"b\"".into()),
    ];
    for goal in goals {
        let (kind, value) = goal.parts();
        assert_eq!(Goal::new(kind, &value), Some(goal));
    }
    assert_eq!(Goal::new("at-most-unpacked", "much"), None);
    assert_eq!(Goal::new("other", "x"), None);
}

#[test]
fn a_condition_says_how_it_stands_and_where() {
    let text = "FROM alpine\nFROM debian\nUSER app\nCMD [\"sh\"]\n";
    let goals = [Goal::Without("untagged-base".into()), Goal::Finds("DL3006".into())];
    let (stands, solved) = judge(&goals, text);
    assert_eq!((stands[0].met, stands[0].now.as_str()), (false, "found 2 times"));
    assert_eq!(stands[0].span.unwrap().of(text), "alpine");
    assert_eq!((stands[1].met, stands[1].span), (true, None));
    assert!(!solved);
    let stand = |goal: Goal, text: &str| judge(&[goal], text).0.remove(0);
    let verdict = |name: &str| Goal::Verdict(name.to_owned());
    assert!(stand(verdict("would-not-build"), "FORM a\n").met);
    assert_eq!(stand(verdict("starts"), "FROM a:1\nRUN x").now, "the text does not tell");
    let small = stand(Goal::AtMostUnpacked(1_000_000), "FROM alpine:3.22\nCMD [\"sh\"]\n");
    assert!(
        !small.met && small.now.starts_with("about ") && small.now.ends_with(" MB"),
        "{small:?}"
    );
    assert_eq!(stand(Goal::AtMostUnpacked(1), "FROM own/image:1\n").now, "the size is not known");
    assert_eq!(stand(Goal::Keeps("curl".into()), text).now, "missing");
    let size = |bytes| Goal::AtMostUnpacked(bytes).task();
    assert_eq!(size(20_000_000), "The image has 20 MB at most, unpacked");
    assert_eq!(size(7_500_000), "The image has 7.5 MB at most, unpacked");
    assert_eq!(size(64_000), "The image has 64 kB at most, unpacked");
}

#[test]
fn deleting_everything_and_silencing_a_rule_solve_nothing() {
    let goals = [Goal::Without("untagged-base".into())];
    let image = "FROM alpine\nCMD [\"sh\"]\n";
    assert!(!judge(&goals, image).1);
    assert!(!judge(&goals, &format!("# hadolint global ignore=DL3006\n{image}")).1);
    assert!(!judge(&goals, "").1 && !judge(&goals, "FORM alpine\n").1);
    assert!(judge(&goals, &image.replace("alpine", "alpine:3.22")).1);
}

const GOOD: &str = "+++\ntitle = \"T\"\nsummary = 'S.'\nminutes = 5 # or so\n\n[solved]\n\
    without = [\n  \"no-user\", # one\n  \"DL3006\",\n]\nverdict = \"starts\"\n+++\n\nDo it.\n\n\
    ```dockerfile\nRUN x\n```\n\n## Hint\n\nSo, and [there](rule:no-user).\n\n\
    ```dockerfile start\nFROM a\n```\n\n```dockerfile solution\nFROM b\n```\n";

#[test]
fn a_lesson_is_read_in_full() {
    let lesson = parse(GOOD, &is_rule).unwrap();
    let with_marks = format!("\u{feff}{}", GOOD.replace('\n', "\r\n"));
    assert_eq!(parse(&with_marks, &is_rule).as_ref(), Ok(&lesson));
    let without = |rule: &str| Goal::Without(rule.to_owned());
    assert_eq!(
        lesson.goals,
        [without("no-user"), without("DL3006"), Goal::Verdict("starts".into())]
    );
    assert_eq!((lesson.minutes, lesson.title.as_str(), lesson.summary.as_str()), (5, "T", "S."));
    assert_eq!((lesson.start.as_str(), lesson.solution.as_str()), ("FROM a\n", "FROM b\n"));
    assert_eq!(lesson.task.text.trim(), "Do it.\n\n```dockerfile\nRUN x\n```");
    let json: Value = serde_json::from_str(&to_json(GOOD, &is_rule).unwrap()).unwrap();
    assert_eq!(json["goals"][2], json!(["verdict", "starts"]));
    assert_eq!(json["task"]["title"], "T");
    assert_eq!(
        json["hints"],
        json!([{ "title": "Hint", "blocks": [["p", {}, "So, and ", ["a", { "href": "#rule/no-user" }, "there"], "."]] }])
    );
}

#[test]
fn the_lesson_of_the_documentation_is_one() {
    let page = fs::read_to_string(root().join("docs/lessons.md")).unwrap();
    let (_, rest) = page.split_once("````markdown\n").unwrap();
    let (text, _) = rest.split_once("````\n").unwrap();
    let lesson = parse(text, &is_rule).unwrap();
    assert!(to_json(text, &is_rule).is_ok());
    assert!(!judge(&lesson.goals, &lesson.start).1);
    assert_eq!(open(&lesson.goals, &lesson.solution), [""; 0]);
    assert!(judge(&lesson.goals, &lesson.solution).1);
    let keys = [
        "without",
        "finds",
        "verdict",
        "at-most-unpacked",
        "keeps",
        "title",
        "summary",
        "minutes",
        "chapter",
    ];
    assert!(keys.iter().all(|key| page.contains(&format!("| `{key}` |"))));
}

/// The lines and the messages for a lesson in which one piece is replaced.
fn told(piece: &str, by: &str) -> Vec<(u32, String)> {
    assert!(GOOD.contains(piece), "{piece}");
    let text = GOOD.replacen(piece, by, 1);
    let messages = to_json(&text, &is_rule).unwrap_err();
    messages.into_iter().map(|Message { line, text }| (line, text)).collect()
}

#[test]
fn what_is_wrong_is_told_in_its_line() {
    let cases = [
        ("+++\ntitle", "title", 1, "a lesson begins with its front matter"),
        ("+++\n\nDo", "\nDo", 1, "no second line `+++`"),
        ("title =", "titel =", 2, "no key is called `titel`"),
        ("title = \"T\"", "title = \"T", 2, "between quotes"),
        ("title = \"T\"", "title = T", 2, "a value is a string"),
        ("title = \"T\"\n", "", 11, "has no `title`"),
        ("title = \"T\"\n", "title = \"T\"\ntitle = \"U\"\n", 3, "given twice"),
        ("minutes = 5", "minutes = 0", 4, "a number from 1 to 999"),
        ("minutes = 5", "minutes = 5 6", 4, "something behind the value"),
        ("[solved]", "[goals]", 7, "no table is called `goals`"),
        ("\"no-user\"", "\"no-usr\"", 8, "no rule is called `no-usr`"),
        ("\"DL3006\"", "\"DL9999\"", 9, "no rule is called `DL9999`"),
        ("\"starts\"", "\"runs\"", 11, "`verdict` is one of starts, "),
        ("verdict = \"starts\"", "at-most-unpacked = \"20MB\"", 11, "a size is a whole number"),
        ("verdict =", "verdikt =", 11, "is called `verdikt`"),
        ("Do it.\n\n```dockerfile\nRUN x\n```\n", "", 13, "what the task is"),
        ("rule:no-user", "http://a.b", 22, "the link `http://a.b` is neither https"),
        ("```dockerfile start\nFROM a\n```\n", "", 13, "no block `dockerfile start`"),
        ("dockerfile solution", "dockerfile solutoin", 28, "this one is `dockerfile solutoin`"),
        ("dockerfile solution", "dockerfile start", 28, "this is the second `dockerfile start`"),
        ("FROM b\n```\n", "FROM b\n", 28, "the block that begins here has no end"),
    ];
    for (piece, by, line, words) in cases {
        let all = told(piece, by);
        let has = all.iter().any(|(at, text)| *at == line && text.contains(words));
        assert!(has, "{piece:?} by {by:?}: {all:?}");
    }
    let all = told("title = \"T\"\nsummary = 'S.'\nminutes = 5 # or so\n", "nonsense\n");
    let lines: Vec<u32> = all.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [2, 10, 10, 10], "{all:?}");
}

fn shown(markdown: &str) -> Value {
    let prose = Prose { text: markdown.to_owned(), line: 1, ..Prose::default() };
    let nodes = lesson::render(&prose, &mut Vec::new());
    let json: Vec<String> = nodes.iter().map(lesson::Node::to_json).collect();
    serde_json::from_str(&format!("[{}]", json.join(","))).unwrap()
}

#[test]
fn words_become_elements_and_never_markup() {
    assert_eq!(
        shown("A **b** `c *d*`\nand *e*.\n\n### F\n\n- g\n- h\n  i\n\n2. j\n\n> k\n"),
        json!([
            [
                "p",
                {},
                "A ",
                ["strong", {}, "b"],
                " ",
                ["code", {}, "c *d*"],
                " and ",
                ["em", {}, "e"],
                "."
            ],
            ["h3", {}, "F"],
            ["ul", {}, ["li", {}, "g"], ["li", {}, "h i"]],
            ["ol", {}, ["li", {}, "j"]],
            ["blockquote", {}, ["p", {}, "k"]],
        ])
    );
    assert_eq!(
        shown("```dockerfile\nRUN <b>\n\n# x\n```\n"),
        json!([["pre", { "lang": "fragment" }, "RUN <b>\n\n# x"]])
    );
    assert_eq!(
        shown("a <img src=x> \\*b\\* [c](javascript:x) 3 * 4 [d] `e"),
        json!([["p", {}, "a <img src=x> *b* ", ["a", {}, "c"], " 3 * 4 [d] `e"]])
    );
}

#[test]
fn a_tasks_markdown_means_what_it_means_elsewhere() {
    for (name, lesson) in &lessons() {
        for prose in [&lesson.task].into_iter().chain(&lesson.hints) {
            let theirs = guide::tree::render(&prose.text).unwrap().blocks;
            assert_eq!(shown(&prose.text), Value::Array(theirs), "{name}");
        }
    }
}

#[test]
fn any_text_is_read_without_a_panic_and_in_time() {
    let pieces = [
        "+++\n",
        "\n",
        "=",
        "[",
        "]",
        "\"",
        "'",
        "\\",
        "é",
        "```",
        "dockerfile start",
        "## ",
        "*",
        "`",
        "](",
        "\u{feff}",
        "\r\n",
        "#",
        "1. ",
        "> ",
        ",",
    ];
    let mut seed = 7_u32;
    for _ in 0..3_000 {
        let mut text = String::from("+++\n");
        for _ in 0..40 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(pieces[(seed >> 16) as usize % pieces.len()]);
        }
        let _ = to_json(&text, &is_rule);
    }
    for end in (0..GOOD.len()).filter(|end| GOOD.is_char_boundary(*end)) {
        let _ = to_json(&GOOD[..end], &is_rule);
        let _ = to_json(&GOOD[end..], &is_rule);
    }
    // A search that begins anew at each mark would take hours.
    for mark in ["[", "*", "**", "`", "[a](", "\\"] {
        let text = GOOD.replace("Do it.", &format!("Do it {}", mark.repeat(200_000)));
        let _ = to_json(&text, &is_rule);
    }
}
