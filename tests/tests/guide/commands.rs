//! Command lines: a shell reads them, and docker knows their sub-commands and flags.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use engine::shell::Script;
use engine::source::Span;
use engine::text::Text;
use guide::Kind;

use super::blocks;

/// Sub-commands and flags of the command lines that the chapters show, in `guide/commands.toml`.
fn commands() -> BTreeMap<String, BTreeSet<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("guide/commands.toml");
    let text = std::fs::read_to_string(path).expect("the table of commands");
    let table: BTreeMap<String, String> = toml::from_str(&text).expect("a table of flags");
    let words = |flags: String| flags.split_whitespace().map(str::to_owned).collect();
    table.into_iter().map(|(name, flags)| (name, words(flags))).collect()
}

#[test]
fn command_lines_are_commands() {
    let known = commands();
    blocks(|_, block| {
        if block.kind != Kind::Shell {
            return None;
        }
        let place = |range: &std::ops::Range<u32>| Span::new(range.start, range.end);
        let script = Script::parse(&Text::from(block.text.as_str()), &place);
        if !script.whole || !script.strays.is_empty() {
            return Some("no shell would read this to its end".to_owned());
        }
        script.commands.iter().find_map(|command| {
            let words: Vec<&str> = command.words.iter().map(|word| word.text.as_str()).collect();
            misspelt(&words, &known)
        })
    });
}

/// What is wrong with the words of a command of docker, if it is one.
fn misspelt(words: &[&str], known: &BTreeMap<String, BTreeSet<String>>) -> Option<String> {
    if words.first() != Some(&"docker") {
        return None;
    }
    let is_plain = |word: &&&str| word.chars().all(|c| c.is_ascii_lowercase());
    let names: Vec<&str> = words.iter().take(4).take_while(is_plain).copied().collect();
    // The longest name that is known: `docker buildx build`, else `docker build`.
    let longest = (2..=names.len()).rev().map(|count| names[..count].join(" "));
    let Some(name) = longest.into_iter().find(|name| known.contains_key(name)) else {
        return Some(format!("`{}` is not in tests/guide/commands.toml", words.join(" ")));
    };
    let flags = &known[&name];
    let mut takes_value = false;
    for word in &words[name.split(' ').count()..] {
        let flag = word.split('=').next().unwrap_or(word);
        if !flag.starts_with('-') || flag == "-" {
            // What follows the image belongs to the program in it.
            if STARTS_A_PROGRAM.contains(&name.as_str()) && !takes_value {
                return None;
            }
            takes_value = false;
        } else if !flags.contains(flag) {
            return Some(format!("`{name}` has no flag `{flag}` in tests/guide/commands.toml"));
        } else {
            takes_value = !word.contains('=') && !SWITCHES.contains(&flag);
        }
    }
    None
}

/// Commands whose first word that is no flag is an image or a container, and then a program.
const STARTS_A_PROGRAM: [&str; 4] =
    ["docker run", "docker exec", "docker create", "docker compose exec"];

/// Flags of those commands that take no value.
const SWITCHES: [&str; 9] =
    ["--rm", "-d", "--detach", "-i", "--interactive", "-t", "--tty", "-it", "--init"];

#[test]
fn misspelt_commands_are_found() {
    let known = commands();
    let wrong = |line: &str| misspelt(&line.split(' ').collect::<Vec<_>>(), &known).is_some();
    for bad in [
        "docker biuld .",
        "docker build --taget x .",
        "docker buildx build --cache-form x .",
        "docker run --prot 8080:8080 x",
        "docker buildx imagetools inspekt x",
    ] {
        assert!(wrong(bad), "{bad}");
    }
    for good in [
        "docker build --target debug -t x .",
        "docker run --rm x -health",
        "docker run --rm -p 8080:8080 x --port 8080",
        "docker exec -it x sh -c y",
        "go build --anything",
    ] {
        assert!(!wrong(good), "{good}");
    }
}
