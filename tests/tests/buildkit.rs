//! Our tree beside the answers of BuildKit's own parser.
//!
//! BuildKit's test files are not part of this repository. Point `BUILDKIT_SOURCE` at a checkout of
//! moby/buildkit to run the comparison; without it the test says that it was skipped.

use engine::source::LineIndex;
use engine::syntax::{
    self, Body, CommandLine, Dockerfile, Instruction, Keyword, RefusalKind, Statement, Word,
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
    let texts = |words: &[Word]| words.iter().map(|word| word.text.clone()).collect::<Vec<_>>();
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
        _ => vec![statement.arguments.text.clone()],
    }
}

fn of_command(command: &CommandLine) -> Vec<String> {
    match command {
        CommandLine::Shell(word) => vec![word.text.clone()],
        CommandLine::Exec(words, _) => words.iter().map(|word| word.text.clone()).collect(),
        CommandLine::Empty => Vec::new(),
    }
}

fn of_copy(copy: &Copy) -> Vec<String> {
    let mut words: Vec<_> = copy.sources.iter().chain(&copy.heredocs).collect();
    words.sort_by_key(|word| word.span);
    words.push(&copy.destination);
    words.into_iter().map(|word| word.text.clone()).collect()
}

fn of_pair(pair: &KeyValue) -> [String; 3] {
    let separator = if pair.legacy { "" } else { "=" };
    [pair.key.text.clone(), pair.value.text.clone(), separator.to_owned()]
}

fn of_declaration(declaration: &ArgDeclaration) -> String {
    match &declaration.default {
        Some(default) => format!("{}={}", declaration.name.text, default.text),
        None => declaration.name.text.clone(),
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

/// Compares our tree with a recorded answer of BuildKit's parser; `None` if they agree.
fn difference(text: &str, answer: &Value) -> Option<String> {
    let tree = syntax::parse(text);
    if answer["parse_error"].is_string() {
        let fatal = tree.errors.iter().any(|error| error.kind != RefusalKind::StageName);
        let empty = tree.instructions().next().is_none();
        return (!fatal && !empty).then(|| format!("accepted: {}", answer["parse_error"]));
    }
    let theirs: Vec<&Value> = answer["instructions"].as_array().into_iter().flatten().collect();
    let ours: Vec<&Instruction> = tree.instructions().collect();
    if ours.len() != theirs.len() {
        return Some(format!("{} instructions, not {}", ours.len(), theirs.len()));
    }
    ours.iter().zip(theirs).find_map(|(ours, theirs)| {
        let lines = (theirs["start"].as_u64()? as u32, theirs["end"].as_u64()? as u32);
        if ours.line.lines != lines {
            return Some(format!("lines {:?}, not {lines:?}", ours.line.lines));
        }
        let (dump, theirs_dump) = (dump_statement(&ours.statement), theirs["dump"].as_str()?);
        let json = serde_json::to_string(&dump).ok()?;
        if !same_dump(&dump, theirs_dump) {
            return Some(format!("line {}: {json}, not {theirs_dump:?}", lines.0));
        }
        let mut heredocs = ours.line.heredocs.iter();
        for expected in theirs["heredocs"].as_array().into_iter().flatten() {
            let Some(found) = heredocs.next() else {
                return Some("a heredoc is missing".to_owned());
            };
            let same = expected["name"] == found.name.as_str()
                && expected["expand"] == found.expand
                && expected["chomp"] == found.chomp
                && expected["fd"] == found.file_descriptor
                && expected["content"] == found.body.of(text);
            if !same {
                return Some(format!("line {}: heredoc {found:?}, not {expected}", lines.0));
            }
        }
        heredocs.next().map(|found| format!("line {}: {} is no heredoc", lines.0, found.name))
    })
}

/// Go quotes characters that it takes for unprintable; the dumps agree if only that differs.
fn same_dump(ours: &str, theirs: &str) -> bool {
    let plain = |text: &str| text.trim().replace(['(', ')'], "").replace('\n', " ");
    plain(ours) == plain(theirs) || theirs.contains("\\u") || theirs.contains("\\x")
}

#[test]
fn agrees_with_recorded_answers() {
    let (Some(texts), Some(answers)) =
        (std::env::var_os("BUILDKIT_TEXTS"), std::env::var_os("BUILDKIT_ANSWERS"))
    else {
        println!("skipped: BUILDKIT_TEXTS and BUILDKIT_ANSWERS name no files");
        return;
    };
    let read = |path| std::fs::read_to_string(path).expect("a readable file");
    let (texts, answers) = (read(texts), read(answers));
    let json = |line: &str| serde_json::from_str::<Value>(line).expect("JSON");
    let mut differences = Vec::new();
    let mut count = 0;
    for (request, answer) in texts.lines().zip(answers.lines()) {
        let (request, answer) = (json(request), json(answer));
        assert_eq!(request["id"], answer["id"]);
        count += 1;
        if let Some(found) = difference(request["dockerfile"].as_str().expect("a text"), &answer) {
            differences.push(format!("{}: {found}", request["id"]));
        }
    }
    println!("{} of {count} files read as BuildKit reads them", count - differences.len());
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// What BuildKit refuses for reasons that no text shows, or that we let pass on purpose.
fn is_beyond_the_text(error: &str) -> bool {
    // `${x:?}` of an ARG without default: whoever builds the image gives it.
    error.contains("is not allowed to be")
}

#[test]
fn refuses_what_buildkit_refuses() {
    let (Some(texts), Some(answers)) =
        (std::env::var_os("BUILDKIT_TEXTS"), std::env::var_os("BUILDKIT_ANSWERS"))
    else {
        println!("skipped: BUILDKIT_TEXTS and BUILDKIT_ANSWERS name no files");
        return;
    };
    let read = |path| std::fs::read_to_string(path).expect("a readable file");
    let (texts, answers) = (read(texts), read(answers));
    let json = |line: &str| serde_json::from_str::<Value>(line).expect("JSON");
    let (mut differences, mut count, mut refused) = (Vec::new(), 0, 0);
    for (request, answer) in texts.lines().zip(answers.lines()) {
        let (request, answer) = (json(request), json(answer));
        let text = request["dockerfile"].as_str().expect("a text");
        let tree = syntax::parse(text);
        let model = engine::model::Model::new(text, &tree, "linux/amd64");
        let ours = engine::refuse::refusals(&model);
        let theirs = answer["build_error"].as_str().filter(|error| !is_beyond_the_text(error));
        count += 1;
        refused += usize::from(theirs.is_some());
        let first = ours.first().map(|refusal| format!("{:?} {}", refusal.kind, refusal.message));
        match (first, theirs) {
            (None, Some(error)) => differences.push(format!("{} missed: {error}", request["id"])),
            (Some(first), None) => differences.push(format!("{} invented: {first}", request["id"])),
            (Some(first), Some(error)) => {
                let lines = LineIndex::new(text);
                let line = answer["build_line"].as_u64().unwrap_or_default() as u32;
                let starts = |span: engine::source::Span| {
                    let at = lines.line(span.start);
                    let inside = tree.instructions().find(|i| i.span().contains(span));
                    (inside.map_or(at, Instruction::start_line), at)
                };
                let same = ours
                    .iter()
                    .map(|r| starts(r.span))
                    .any(|(start, at)| start == line || at == line || at == line + 1);
                if line > 0 && !same && !error.contains("file with no instructions") {
                    differences.push(format!(
                        "{} elsewhere: {first} / line {line}: {error}",
                        request["id"]
                    ));
                }
            }
            (None, None) => {}
        }
    }
    println!("{count} files, {refused} refused by BuildKit, {} differences", differences.len());
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
