//! The lessons: each start is still to be solved, each solution is solved and well made.

use engine::size::Verdict;
use engine::{Settings, Workspace, analyze};
use std::fs;
use std::path::PathBuf;
use toml::Table;

/// What a lesson asks for.
struct Solved {
    /// Rules that must have nothing to say.
    without: Vec<String>,
    /// Name of the verdict.
    verdict: String,
    /// Most that the image may have unpacked, by the likely figure: `20 MB`.
    at_most_unpacked: Option<String>,
    /// Words that must still be there.
    keeps: Vec<String>,
}

struct Lesson {
    name: String,
    /// The front matter.
    front: Table,
    solved: Solved,
    body: String,
}

impl Lesson {
    /// The block with that word behind its language.
    fn block(&self, kind: &str) -> &str {
        let (_, rest) = self.body.split_once(&format!("```dockerfile {kind}\n")).unwrap();
        rest.split_once("```").unwrap().0
    }
}

impl Solved {
    fn of(table: &Table) -> Self {
        let known = ["without", "verdict", "at-most-unpacked", "keeps"];
        assert!(table.keys().all(|key| known.contains(&key.as_str())), "{table:?}");
        let words = |key: &str| {
            let list = table.get(key).and_then(|value| value.as_array()).into_iter().flatten();
            list.map(|word| word.as_str().unwrap().to_owned()).collect()
        };
        let word = |key: &str| table.get(key).map(|value| value.as_str().unwrap().to_owned());
        Self {
            without: words("without"),
            verdict: word("verdict").unwrap(),
            at_most_unpacked: word("at-most-unpacked"),
            keeps: words("keeps"),
        }
    }

    /// What is still to be done in a text.
    fn open(&self, text: &str) -> Vec<String> {
        let workspace = Workspace { dockerfile: text.to_owned(), ..Workspace::default() };
        let report = analyze(&workspace, &Settings::default());
        let speaks = |rule: &&String| report.diagnostics.iter().any(|found| found.rule == **rule);
        let mut open: Vec<String> = self.without.iter().filter(speaks).cloned().collect();
        let verdict = report.verdict.name();
        open.extend((verdict != self.verdict).then(|| format!("verdict {verdict}")));
        if let Some(most) = &self.at_most_unpacked {
            let most: u64 = most.strip_suffix(" MB").unwrap().parse().unwrap();
            let size = report.estimate.and_then(|estimate| estimate.size.unpacked);
            let likely = size.map_or(u64::MAX, |range| range.likely);
            open.extend((likely > most * 1_000_000).then(|| format!("size {likely}")));
        }
        let gone = self.keeps.iter().filter(|words| !text.contains(words.as_str()));
        open.extend(gone.map(|words| format!("without {words}")));
        open
    }
}

fn lessons() -> Vec<Lesson> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../lessons");
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let (front, body) =
            text.strip_prefix("+++\n").and_then(|text| text.split_once("\n+++\n")).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let front: Table = front.parse().unwrap_or_else(|error| panic!("{name}: {error}"));
        let solved = Solved::of(front["solved"].as_table().unwrap());
        Lesson { name, front, solved, body: body.to_owned() }
    };
    paths.into_iter().map(read).collect()
}

#[test]
fn each_start_is_unsolved_and_each_solution_solved() {
    let lessons = lessons();
    assert_eq!(lessons.len(), 8);
    for Lesson { name, front, .. } in &lessons {
        let word = |key: &str| front[key].as_str().unwrap();
        assert!(!word("title").is_empty() && word("summary").ends_with('.'), "{name}");
        assert!((1..=15).contains(&front["minutes"].as_integer().unwrap()), "{name}");
    }
    for lesson in &lessons {
        let solved = &lesson.solved;
        assert_ne!(solved.open(lesson.block("start")), [""; 0], "{}", lesson.name);
        assert_eq!(solved.open(lesson.block("solution")), [""; 0], "{}", lesson.name);
    }
}

#[test]
fn what_a_lesson_asks_for_exists() {
    for Lesson { name, solved, .. } in &lessons() {
        for rule in &solved.without {
            let known = engine::rules::find(rule).is_some_and(|found| found.name == *rule);
            assert!(known, "{name}: {rule}");
        }
        let verdicts = [Verdict::Starts, Verdict::StartsAfterEdits].map(Verdict::name);
        assert!(verdicts.contains(&solved.verdict.as_str()), "{name}");
    }
}

#[test]
fn each_lesson_has_two_hints_and_a_chapter() {
    let guide = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../guide");
    let chapters: Vec<String> = fs::read_dir(guide)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    for lesson in &lessons() {
        let file = format!("-{}.md", lesson.front["chapter"].as_str().unwrap());
        assert!(chapters.iter().any(|name| name.ends_with(&file)), "{}", lesson.name);
        assert!(lesson.body.contains("\n## Hint\n"), "{}", lesson.name);
        assert!(lesson.body.contains("\n## Another hint\n"), "{}", lesson.name);
    }
}
