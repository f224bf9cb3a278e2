//! Our shell reader beside another one: the crate `shuck-parser`, on every RUN that the tests know.
//!
//! `SHELL_CORPUS=FILE cargo test -p tests shell -- --nocapture` compares the Dockerfiles of another
//! file of lines with a member `dockerfile`. Texts that the other parser refuses are left out:
//! ours has to go on there, and nobody says with what.

use engine::shell::{Script, ShellWord};
use engine::source::Span;
use engine::syntax::{self, Body, CommandLine};
use engine::text::Text;
use std::collections::BTreeSet;
use std::path::Path;

mod theirs;

use theirs::Theirs;

/// Where a word stands.
type Place = (usize, usize);

/// What is compared of a command: the places of its assignments and of its words.
type Simple = (Vec<Place>, Vec<Place>);

/// How one text was read.
struct Comparison {
    /// Commands that both read alike.
    same: usize,
    /// One line for each difference.
    differences: Vec<String>,
}

/// `None` where the other parser does not read the text.
fn compare(text: &str) -> Option<Comparison> {
    let theirs = Theirs::of(text)?;
    let script = Script::parse(&Text::from(text), &|range| Span::new(range.start, range.end));
    let place = |word: &ShellWord| (word.span.start as usize, word.span.end as usize);
    let mut ours = BTreeSet::new();
    let mut differences = Vec::new();
    for command in &script.commands {
        // `[[` is a compound command there.
        let none = command.words.is_empty() && command.assignments.is_empty();
        if none || command.program() == "[[" {
            continue;
        }
        // It keeps backslashes, and quotes in braces.
        let plain = |word: &&ShellWord| word.literal && !word.span.of(text).contains(['\\', '{']);
        for word in command.words.iter().filter(plain) {
            let other = theirs.texts.get(&place(word));
            if let Some(other) = other.filter(|other| word.text != **other) {
                differences.push(format!("`{}` for `{other}`", word.text));
            }
        }
        let assigned: Vec<Place> = command.assignments.iter().map(place).collect();
        ours.insert((assigned, command.words.iter().map(place).collect::<Vec<Place>>()));
    }
    let shown = |(assigned, words): &Simple| {
        let places = assigned.iter().chain(words);
        places.map(|(start, end)| &text[*start..*end]).collect::<Vec<_>>().join(" | ")
    };
    let missed = theirs.found.difference(&ours).map(|it| format!("missed {}", shown(it)));
    let invented = ours.difference(&theirs.found).map(|it| format!("invented {}", shown(it)));
    differences.extend(missed.chain(invented));
    Some(Comparison { same: ours.intersection(&theirs.found).count(), differences })
}

/// The scripts of a Dockerfile: bodies of RUN in shell form, and heredocs that are scripts.
fn bodies(dockerfile: &str) -> Vec<String> {
    let tree = syntax::parse(dockerfile);
    let body = |instruction: &syntax::Instruction| {
        let Body::Run(CommandLine::Shell(word)) = &instruction.statement.body else { return None };
        match instruction.line.heredocs.first() {
            None => Some(word.text.to_string()),
            Some(heredoc) if heredoc.span == word.span => {
                let body = heredoc.body.of(dockerfile);
                (!body.starts_with("#!")).then(|| body.to_owned())
            }
            // The bodies of other heredocs are no part of the text.
            Some(_) => None,
        }
    };
    tree.instructions().filter_map(body).collect()
}

/// The Dockerfiles of a file of lines with a member `dockerfile`.
fn corpus(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).expect("a readable corpus");
    let dockerfile = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
        value["dockerfile"].as_str().expect("a text").to_owned()
    };
    text.lines().filter(|line| !line.trim().is_empty()).map(dockerfile).collect()
}

fn report(dockerfiles: &[String]) -> (usize, Vec<String>) {
    let scripts: BTreeSet<String> = dockerfiles.iter().flat_map(|text| bodies(text)).collect();
    let (mut refused, mut same, mut problems) = (0, 0, Vec::new());
    for script in &scripts {
        let Some(found) = compare(script) else {
            refused += 1;
            continue;
        };
        same += found.same;
        if !found.differences.is_empty() && !KNOWN.iter().any(|known| script.contains(known)) {
            problems.push(format!("{script}\n  {}", found.differences.join("\n  ")));
        }
    }
    println!(
        "{} scripts, {refused} of them refused by the other parser; {same} commands read alike, {} scripts read otherwise",
        scripts.len(),
        problems.len()
    );
    (same, problems)
}

/// Pieces of scripts that are known to be read otherwise.
const KNOWN: [&str; 8] = [
    // No shell reads it; the other parser takes it for a subshell all the same.
    "a ( b )",
    // `{` without a blank behind it is part of a word; the other parser takes braces for one word.
    "{a; b;}",
    // We read carriage returns as blanks, so that a file from Windows is still understood.
    "\r",
    // Templates: to the other parser, `{% ... %}` is one word.
    "{%",
    // Not for a shell of Unix: PowerShell and cmd.
    "((new-object",
    "$newPath = (",
    "icacls.exe",
    "$ErrorActionPreference",
];

#[test]
fn compound_commands_and_odd_words_are_read_as_another_parser_reads_them() {
    let texts = [
        "if a; then b; elif c; then d; else e; fi && f",
        "for x in a $(b) \"c d\"; do e \"$x\"; done | f",
        "for ((i=0; i<3; i++)); do a $i; done",
        "while read -r a; do b; done < c > d; e",
        "until a; do b; done & c",
        "case $x in a|b) c;; (d) e;; *) f; esac; g",
        "case \"$(uname -m)\" in x86_64) a='1' ;; arm*) a=2 ;; esac && b $a",
        "case a in b) c;& d) e;;& f) g;; esac",
        "f() { a; b; }; f",
        "f () (a; b); f",
        "function f { a; }; f x",
        "{ a; b; } > c 2>&1 || d",
        "(a && (b; c)) | d",
        "! a | b |& c",
        "a `b c` \"`d \\\"e\\\"`\" f",
        "a $(b $(c \"$(d)\") | e) f",
        "a ${x:-b} \"${y%\"z}\"}\" ${z#\\}} c",
        "a $((1 + $(b) * (2 + 3))) c; ((i++)); d",
        "a <<< b c; d <<<\"e $(f)\"",
        "a &> b &>> c >| d 2>&1 >&- <> e f",
        "a 2 > b 3>c; 4 5>d",
        "[[ a && ( b < c || d =~ ^(e|f)$ ) ]] && g",
        "[ a = b ] && c # d && e",
        "a#b #c\nd",
        "a=1 b='2 3' c \"d=4\" e=5; f+=6; g[1]=7",
        "a=(b c \"d e\") f; g",
        "a \\\n  b && \\\nc",
        "a &&\n  # b\n  c\n\nd",
        "cat <<A <<-'B' > c\nd $(e)\nA\n\tf\n\tB\ng",
        "a <(b | c) >(d) e",
        "a $'b\\'c' d e",
        "a 'b'\"c\"d\\ e '' \"\" f",
        "time a; exec b; export C=$(d) E; local f=g",
        "a;b&c&&d||e|f",
        "echo if then fi do done { } ! case",
        "if ! a && b; then { c; }; fi; d",
        "for x; do a; done",
        "a $b$c\"$d\"'e'$(f)g",
        "a {b,c} d{1..3} *.[ch]",
    ];
    for text in texts {
        let found = compare(text).unwrap_or_else(|| panic!("the other parser refuses {text}"));
        assert_eq!(found.differences, [""; 0], "{text}");
    }
}

#[test]
fn pipes_are_followed() {
    let cases = [
        ("a | b", "a>b"),
        ("a | b && c | d", "a>b c>d"),
        ("(a; b) | c", ""),
        ("a $(b | c) | d", "a>d b>c"),
        ("while read x; do a; done | b", "a>b"),
        ("a ${x:-$(b | c)} \"${y:+`d | e`}\"", "b>c d>e"),
        ("a |\n b", "a>b"),
        ("a $((b; c) | d | e) $((1 | 2))", "d>e"),
        ("bash <<EOF\na | b\nEOF", ""),
    ];
    for (text, expected) in cases {
        let script = Script::parse(&Text::from(text), &|range| Span::new(range.start, range.end));
        let pipe = |command| {
            let reader = script.reader_of(command)?;
            Some(format!("{}>{}", command.program(), reader.program()))
        };
        let pipes: Vec<_> = script.commands.iter().filter_map(pipe).collect();
        assert_eq!(pipes.join(" "), expected, "{text}");
    }
}

#[test]
fn shell_texts_are_read_as_another_parser_reads_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut dockerfiles = corpus(&folder.join("buildkit/corpus.jsonl"));
    for file in crate::hadolint::files() {
        dockerfiles.extend(corpus(&file));
    }
    dockerfiles.extend(crate::rules::examples());
    let (same, problems) = report(&dockerfiles);
    assert!(same > 100, "{same}");
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn shell_texts_of_a_corpus() {
    let Some(file) = std::env::var_os("SHELL_CORPUS") else {
        println!("skipped: SHELL_CORPUS names no file");
        return;
    };
    let (_, problems) = report(&corpus(Path::new(&file)));
    problems.iter().for_each(|problem| println!("{problem}"));
}
