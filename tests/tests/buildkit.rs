//! Our tree beside the answers of BuildKit's own parser.
//!
//! `buildkit/corpus.jsonl` holds files of our own with its answers. BuildKit's own test files are not
//! part of this repository: point `BUILDKIT_SOURCE` at a checkout of moby/buildkit to compare those
//! too; without it these tests say that they were skipped.

use engine::model::Model;
use engine::refuse;
use engine::source::LineIndex;
use engine::syntax::{
    self, Body, CommandLine, Dockerfile, Instruction, Keyword, Refusal, Statement, Word,
    instruction::{ArgDeclaration, Copy, Healthcheck, KeyValue},
};
use serde_json::Value;
use std::path::{Path, PathBuf};

#[test]
fn reads_the_test_files_as_buildkit_does() {
    let Some(folder) = folder("testfiles") else { return };
    let mut compared = 0;
    for case in cases(&folder) {
        let dockerfile = std::fs::read_to_string(case.join("Dockerfile")).expect("a Dockerfile");
        let expected = std::fs::read_to_string(case.join("result")).expect("a result");
        let tree = syntax::parse(&dockerfile);
        // The dump of their parser keeps the Windows line ends that its own strings may hold.
        assert_eq!(dump(&tree).trim(), expected.trim(), "{}", case.display());
        compared += 1;
    }
    assert!(compared >= 30, "only {compared} cases found");
    println!("{compared} files read as BuildKit reads them");
}

#[test]
fn finds_the_line_ranges_that_buildkit_finds() {
    let Some(folder) = folder("testfile-line") else { return };
    let dockerfile = std::fs::read_to_string(folder.join("Dockerfile")).expect("a Dockerfile");
    let lines: Vec<_> = syntax::parse(&dockerfile).instructions().map(|i| i.line.lines).collect();
    // From TestParseIncludesLineNumbers.
    assert_eq!(lines, [(5, 5), (11, 12), (17, 31)]);
}

#[test]
fn complains_where_buildkit_refuses() {
    let Some(folder) = folder("testfiles-negative") else { return };
    for case in cases(&folder) {
        let text = std::fs::read_to_string(case.join("Dockerfile")).expect("a Dockerfile");
        let report = engine::analyze(
            &engine::Workspace { dockerfile: text.clone(), ..Default::default() },
            &engine::Settings::default(),
        );
        let lines = LineIndex::new(&text);
        let errors: Vec<_> = report
            .diagnostics
            .iter()
            .filter(|found| found.level == engine::diagnostic::Level::Error)
            .map(|found| lines.line(found.span.start))
            .collect();
        let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let expected = match name.as_str() {
            "env_no_value" => 3,
            "shykes-nested-json" => 1,
            _ => 1,
        };
        assert!(errors.contains(&expected), "{name}: errors on lines {errors:?}");
        assert_eq!(report.verdict, engine::size::Verdict::WouldNotBuild, "{name}");
    }
}

fn folder(name: &str) -> Option<PathBuf> {
    let Some(source) = std::env::var_os("BUILDKIT_SOURCE") else {
        println!("skipped: BUILDKIT_SOURCE does not name a checkout of moby/buildkit");
        return None;
    };
    Some(Path::new(&source).join("frontend/dockerfile/parser").join(name))
}

fn cases(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of cases");
    let mut cases: Vec<_> = entries.map(|entry| entry.expect("a case").path()).collect();
    cases.sort();
    cases
}

/// The tree in the notation of `Node.Dump` of BuildKit's parser.
fn dump(tree: &Dockerfile) -> String {
    let line =
        |instruction: &Instruction| format!("({})\n", dump_statement(&instruction.statement));
    tree.instructions().map(line).collect()
}

fn dump_statement(statement: &Statement) -> String {
    let mut out = statement.keyword_word.text.to_lowercase();
    if !statement.flags.is_empty() {
        let flags: Vec<_> = statement.flags.iter().map(|flag| quote(&flag.text)).collect();
        out += &format!(" [{}]", flags.join(" "));
    }
    if let Body::Onbuild(trigger) = &statement.body {
        return format!("{out} ({})", dump_statement(trigger));
    }
    for argument in arguments(statement) {
        out += " ";
        out += &quote(&argument);
    }
    out
}

fn arguments(statement: &Statement) -> Vec<String> {
    let texts = |words: &[Word]| words.iter().map(|word| word.text.to_string()).collect::<Vec<_>>();
    match &statement.body {
        Body::Run(command) | Body::Cmd(command) | Body::Entrypoint(command) => of_command(command),
        Body::Healthcheck(Healthcheck::Command(command)) => {
            let kind = statement.arguments.text.split_whitespace().next().unwrap_or_default();
            std::iter::once(kind.to_owned()).chain(of_command(command)).collect()
        }
        Body::Copy(copy) | Body::Add(copy) => of_copy(copy),
        Body::Env(pairs) | Body::Label(pairs) => pairs.iter().flat_map(of_pair).collect(),
        Body::Arg(declarations) => declarations.iter().map(of_declaration).collect(),
        Body::Expose(words) | Body::Volume(words) | Body::Shell(words) => texts(words),
        Body::From(_) => statement.arguments.text.split_whitespace().map(str::to_owned).collect(),
        _ if statement.keyword == Keyword::Unknown => vec![String::new()],
        _ if statement.arguments.text.is_empty() => Vec::new(),
        _ if statement.keyword == Keyword::Healthcheck => {
            statement.arguments.text.splitn(2, ' ').map(str::to_owned).collect()
        }
        _ => vec![statement.arguments.text.to_string()],
    }
}

fn of_command(command: &CommandLine) -> Vec<String> {
    match command {
        CommandLine::Shell(word) => vec![word.text.to_string()],
        CommandLine::Exec(words, _) => words.iter().map(|word| word.text.to_string()).collect(),
        CommandLine::Empty => Vec::new(),
    }
}

fn of_copy(copy: &Copy) -> Vec<String> {
    let mut words: Vec<_> = copy.sources.iter().chain(&copy.heredocs).collect();
    words.sort_by_key(|word| word.span);
    words.push(&copy.destination);
    words.into_iter().map(|word| word.text.to_string()).collect()
}

fn of_pair(pair: &KeyValue) -> [String; 3] {
    let separator = if pair.legacy { "" } else { "=" };
    [pair.key.text.to_string(), pair.value.text.to_string(), separator.to_owned()]
}

fn of_declaration(declaration: &ArgDeclaration) -> String {
    match &declaration.default {
        Some(default) => format!("{}={}", declaration.name.text, default.text),
        None => declaration.name.text.to_string(),
    }
}

/// `strconv.Quote` of Go, as far as the test files need it.
fn quote(text: &str) -> String {
    let mut out = String::from("\"");
    for ch in text.chars() {
        match ch {
            '"' => out += "\\\"",
            '\\' => out += "\\\\",
            '\n' => out += "\\n",
            '\t' => out += "\\t",
            '\u{8}' => out += "\\b",
            '\u{c}' => out += "\\f",
            '\r' => out += "\\r",
            '\u{7}' => out += "\\a",
            '\u{b}' => out += "\\v",
            ch if (ch as u32) < 0x20 => out += &format!("\\x{:02x}", ch as u32),
            ch => out.push(ch),
        }
    }
    out + "\""
}

/// One file with BuildKit's answer, see `buildkit/README.md`.
pub struct Case {
    pub id: String,
    pub text: String,
    pub answer: Value,
}

/// The cases of the repository, or those of the file that `BUILDKIT_CORPUS` names.
pub fn corpus() -> Vec<Case> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("buildkit/corpus.jsonl");
    let path = std::env::var_os("BUILDKIT_CORPUS").map_or(own, PathBuf::from);
    let lines = std::fs::read_to_string(path).expect("a readable corpus");
    let case = |line: &str| {
        let mut case: Value = serde_json::from_str(line).expect("JSON");
        Case {
            id: case["id"].to_string(),
            text: case["dockerfile"].as_str().expect("a text").to_owned(),
            answer: case["answer"].take(),
        }
    };
    lines.lines().map(case).collect()
}

fn refusals(text: &str, tree: &Dockerfile) -> Vec<Refusal> {
    refuse::refusals(&Model::new(text, tree, "linux/amd64"))
}

#[test]
fn reads_each_file_as_buildkit_does() {
    let cases = corpus();
    let different = |case: &Case| Some(format!("{}: {}", case.id, difference(case)?));
    let differences: Vec<_> = cases.iter().filter_map(different).collect();
    println!("{} of {} files read alike", cases.len() - differences.len(), cases.len());
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// What our tree says otherwise than BuildKit's parser; `None` if they agree.
fn difference(case: &Case) -> Option<String> {
    let (text, answer) = (&case.text, &case.answer);
    let tree = syntax::parse(text);
    let refused = refusals(text, &tree);
    if answer["parse_error"].is_string() {
        return refused.is_empty().then(|| format!("accepted: {}", answer["parse_error"]));
    }
    let theirs: Vec<&Value> = answer["instructions"].as_array().into_iter().flatten().collect();
    let ours: Vec<&Instruction> = tree.instructions().collect();
    if ours.len() != theirs.len() {
        return Some(format!("{} instructions, not {}", ours.len(), theirs.len()));
    }
    let accepted = |ours: &Instruction| !refused.iter().any(|r| ours.span().contains(r.span));
    ours.iter().zip(theirs).find_map(|(ours, theirs)| {
        let lines = (theirs["start"].as_u64()? as u32, theirs["end"].as_u64()? as u32);
        if ours.line.lines != lines {
            return Some(format!("lines {:?}, not {lines:?}", ours.line.lines));
        }
        let (dump, their_dump) = (dump_statement(&ours.statement), theirs["dump"].as_str()?);
        if accepted(ours) && !same_dump(&dump, their_dump) {
            return Some(format!("line {}: {dump:?}, not {their_dump:?}", lines.0));
        }
        other_heredocs(text, ours, theirs)
    })
}

fn other_heredocs(text: &str, ours: &Instruction, theirs: &Value) -> Option<String> {
    let line = ours.start_line();
    let mut heredocs = ours.line.heredocs.iter();
    for expected in theirs["heredocs"].as_array().into_iter().flatten() {
        let Some(found) = heredocs.next() else {
            return Some(format!("line {line}: heredoc {expected} is missing"));
        };
        let same = expected["name"] == found.name.as_str()
            && expected["expand"] == found.expand
            && expected["chomp"] == found.chomp
            && expected["fd"] == found.file_descriptor
            && expected["content"] == found.body.of(text);
        if !same {
            return Some(format!("line {line}: heredoc {found:?}, not {expected}"));
        }
    }
    heredocs.next().map(|found| format!("line {line}: {} is no heredoc", found.name))
}

/// Brackets and line ends of nested dumps aside. Go writes characters that it takes for
/// unprintable as escapes; those dumps are not compared.
fn same_dump(ours: &str, theirs: &str) -> bool {
    let plain = |text: &str| text.trim().replace(['(', ')'], "").replace('\n', " ");
    plain(ours) == plain(theirs) || theirs.contains("\\u") || theirs.contains("\\x")
}

/// What BuildKit refuses for reasons that are not in the text.
const BEYOND_THE_TEXT: [&str; 3] = [
    // `${x:?}` of an ARG without default: whoever builds the image gives it.
    "is not allowed to be",
    // The released frontend has no `--device`; the labs frontend has.
    "device feature is only supported",
    // A mount without target lands on the working directory, which the base decides.
    "invalid mount target",
];

#[test]
fn refuses_what_buildkit_refuses() {
    let cases = corpus();
    let (mut differences, mut refused) = (Vec::new(), 0);
    for case in &cases {
        let tree = syntax::parse(&case.text);
        let ours = refusals(&case.text, &tree);
        let error = case.answer["build_error"].as_str();
        let theirs = error.filter(|error| !BEYOND_THE_TEXT.iter().any(|part| error.contains(part)));
        refused += usize::from(theirs.is_some());
        let what = |refusal: &Refusal| format!("{:?}: {}", refusal.kind, refusal.message);
        match (ours.first(), theirs) {
            (None, Some(error)) => differences.push(format!("{} missed: {error}", case.id)),
            (Some(first), None) if error.is_none() => {
                differences.push(format!("{} invented: {}", case.id, what(first)));
            }
            (Some(first), Some(error)) if !on_line(case, &tree, &ours) => {
                differences.push(format!("{} elsewhere: {}, not {error}", case.id, what(first)));
            }
            _ => {}
        }
    }
    println!(
        "{} files, {refused} refused by BuildKit, {} differences",
        cases.len(),
        differences.len()
    );
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Whether one of our refusals stands on BuildKit's line: in the instruction that starts there, or
/// on the line itself. BuildKit counts directives from 0.
fn on_line(case: &Case, tree: &Dockerfile, ours: &[Refusal]) -> bool {
    let line = case.answer["build_line"].as_u64().unwrap_or_default() as u32;
    if line == 0 || case.answer["instructions"].is_null() {
        return true;
    }
    let lines = LineIndex::new(&case.text);
    ours.iter().any(|refusal| {
        let inside = tree.instructions().find(|found| found.span().contains(refusal.span));
        let at = lines.line(refusal.span.start);
        inside.map_or(at, Instruction::start_line) == line || at == line
    })
}
