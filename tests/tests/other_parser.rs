//! Our tree beside the crate `dockerfile-parser`, a second reading by other hands.
//!
//! The crate is no longer maintained and reads a part of the language only, so what it cannot read is
//! left aside, and what it is known to read wrongly is listed in [`KNOWN_WRONG`], each with the
//! reason. `BUILDKIT_CORPUS=FILE` compares other files.

use crate::buildkit::corpus;
use dockerfile_parser::{self as other, ShellOrExecExpr};
use engine::syntax::{self, Body, CommandLine, Instruction, Keyword, Statement, Word};
use std::collections::BTreeMap;

/// An instruction as both read it, and the file's escape character.
struct Pair<'a> {
    ours: &'a Instruction,
    theirs: Option<&'a other::Instruction>,
    escape: char,
}

type Is = fn(&Pair<'_>) -> bool;

/// Its wrong answers: what it does, and what gives such a case away. BuildKit is the judge, see
/// `buildkit::reads_each_file_as_buildkit_does`.
const KNOWN_WRONG: [(&str, Is); 6] = [
    ("knows no `# escape=`", |pair| pair.escape != '\\'),
    ("takes single quotes, a last comma and raw tabs for JSON", |pair| {
        let array = pair.ours.statement.arguments.text.starts_with('[');
        array && matches!(shell_form(pair), Some(CommandLine::Shell(_)))
    }),
    (
        "takes the JSON form of COPY for paths",
        |pair| matches!(&pair.ours.statement.body, Body::Copy(copy) if copy.json),
    ),
    ("takes flags of COPY without a value for paths", |pair| {
        let empty = |value: &Word| value.text.is_empty();
        let flags = &pair.ours.statement.flags;
        pair.ours.statement.keyword == Keyword::Copy
            && flags.iter().any(|flag| flag.value.as_ref().is_none_or(empty))
    }),
    (
        "keeps a backslash at the end of the file",
        |pair| matches!(pair.theirs, Some(found) if theirs(found).ends_with('\\')),
    ),
    ("gives up on words beyond its grammar and keeps only the keyword, or a lone `--`", |pair| {
        matches!(pair.theirs, Some(other::Instruction::Misc(_)))
            || pair.ours.statement.keyword == Keyword::Label
    }),
];

fn shell_form<'a>(pair: &Pair<'a>) -> Option<&'a CommandLine> {
    match &pair.ours.statement.body {
        Body::Run(command) | Body::Cmd(command) | Body::Entrypoint(command) => Some(command),
        _ => None,
    }
}

/// One line for each instruction: keyword, then what both know of it.
fn ours(instruction: &Instruction) -> String {
    let statement = &instruction.statement;
    let keyword = statement.keyword_word.text.to_uppercase();
    let rest = match &statement.body {
        Body::From(from) => {
            let name = from.name.as_ref().map(|name| name.text.as_str());
            vec![flags(statement), from.image.text.to_string(), name.unwrap_or_default().to_owned()]
        }
        Body::Arg(list) => list.iter().map(|one| one.name.text.to_string()).collect(),
        Body::Env(pairs) | Body::Label(pairs) => {
            pairs.iter().map(|pair| pair.key.text.trim_matches('"').to_owned()).collect()
        }
        Body::Copy(copy) => {
            let words = copy.sources.iter().chain([&copy.destination]);
            std::iter::once(flags(statement)).chain(words.map(text)).collect()
        }
        Body::Run(command) | Body::Cmd(command) | Body::Entrypoint(command) => match command {
            CommandLine::Exec(words, _) => words.iter().map(text).collect(),
            CommandLine::Shell(_) => vec![squeezed(&with_flags(instruction))],
            CommandLine::Empty => Vec::new(),
        },
        _ => Vec::new(),
    };
    format!("{keyword} {}", rest.join(" "))
}

fn text(word: &Word) -> String {
    word.text.to_string()
}

fn flags(statement: &Statement) -> String {
    let flags = statement.flags.iter().map(|flag| flag.text.to_string());
    flags.collect::<Vec<_>>().join(" ")
}

/// The crate leaves the flags of RUN in the shell's text.
fn with_flags(instruction: &Instruction) -> String {
    let text = instruction.line.text.trim_start();
    text.split_once(char::is_whitespace).map_or("", |(_, rest)| rest).to_owned()
}

/// Blanks differ where lines are joined.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn theirs(instruction: &other::Instruction) -> String {
    let expression = |expression: &ShellOrExecExpr| match expression {
        ShellOrExecExpr::Exec(words) => {
            words.elements.iter().map(|word| word.content.clone()).collect()
        }
        ShellOrExecExpr::Shell(text) => vec![squeezed(&text.to_string())],
    };
    let (keyword, rest): (String, Vec<String>) = match instruction {
        other::Instruction::From(from) => {
            let flag =
                |flag: &other::FromFlag| format!("--{}={}", flag.name.content, flag.value.content);
            let flags = from.flags.iter().map(flag).collect::<Vec<_>>().join(" ");
            let alias = from.alias.as_ref().map(|alias| alias.content.clone());
            ("FROM".into(), vec![flags, from.image.content.clone(), alias.unwrap_or_default()])
        }
        other::Instruction::Arg(arg) => ("ARG".into(), vec![arg.name.content.clone()]),
        other::Instruction::Label(label) => {
            let names = label.labels.iter().map(|label| label.name.content.clone());
            ("LABEL".into(), names.collect())
        }
        other::Instruction::Env(env) => {
            ("ENV".into(), env.vars.iter().map(|pair| pair.key.content.clone()).collect())
        }
        other::Instruction::Copy(copy) => {
            let flag =
                |flag: &other::CopyFlag| format!("--{}={}", flag.name.content, flag.value.content);
            let flags = copy.flags.iter().map(flag).collect::<Vec<_>>().join(" ");
            let words = copy.sources.iter().chain([&copy.destination]);
            let words = words.map(|word| word.content.clone());
            ("COPY".into(), std::iter::once(flags).chain(words).collect())
        }
        other::Instruction::Run(run) => ("RUN".into(), expression(&run.expr)),
        other::Instruction::Cmd(cmd) => ("CMD".into(), expression(&cmd.expr)),
        other::Instruction::Entrypoint(entry) => ("ENTRYPOINT".into(), expression(&entry.expr)),
        other::Instruction::Misc(misc) => (misc.instruction.content.to_uppercase(), Vec::new()),
    };
    format!("{keyword} {}", rest.join(" "))
}

#[test]
fn agrees_with_dockerfile_parser_where_that_is_right() {
    let (mut compared, mut alike) = (0, 0);
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    let mut problems = Vec::new();
    for case in corpus() {
        let answer = &case.answer;
        if !answer["build_error"].is_null() || !answer["parse_error"].is_null() {
            continue;
        }
        let Ok(parsed) = other::Dockerfile::parse(&case.text) else { continue };
        compared += 1;
        let tree = syntax::parse(&case.text);
        let our: Vec<&Instruction> = tree.instructions().collect();
        let their = &parsed.instructions;
        let same = |(at, found): (usize, &&Instruction)| {
            their.get(at).is_some_and(|other| ours(found) == theirs(other))
        };
        let Some(at) = our.iter().enumerate().position(|pair| !same(pair)) else {
            assert_eq!(our.len(), their.len(), "{}", case.id);
            alike += 1;
            continue;
        };
        let pair = Pair { ours: our[at], theirs: their.get(at), escape: tree.escape };
        match KNOWN_WRONG.iter().find(|(_, is)| is(&pair)) {
            Some((reason, _)) => *reasons.entry(reason).or_default() += 1,
            None => {
                let theirs = pair.theirs.map(theirs);
                problems.push(format!("{}: {:?}, not {theirs:?}", case.id, ours(pair.ours)));
            }
        }
    }
    println!("{alike} of {compared} files read alike; the others: {reasons:#?}");
    assert!(compared >= 300, "only {compared} files compared");
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
