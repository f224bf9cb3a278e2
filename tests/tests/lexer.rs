//! BuildKit's shell lexer beside ours, over the cases of its own tests. They are not part of this
//! repository: point `BUILDKIT_SOURCE` at a checkout of moby/buildkit.

use engine::syntax::words::{Environment, Options, Value, process};
use std::collections::HashMap;
use std::path::Path;

struct Variables(HashMap<String, String>);

impl Variables {
    fn new(pairs: &[&str]) -> Self {
        let pair = |pair: &&str| {
            let (name, value) = pair.split_once('=').expect("a pair");
            (name.to_owned(), value.to_owned())
        };
        Self(pairs.iter().map(pair).collect())
    }
}

impl Environment for Variables {
    fn get(&self, name: &str) -> Value<'_> {
        self.0.get(name).map_or(Value::Unset, |value| Value::Known(value))
    }
}

fn cases(name: &str) -> Option<String> {
    let Some(source) = std::env::var_os("BUILDKIT_SOURCE") else {
        println!("skipped: BUILDKIT_SOURCE does not name a checkout of moby/buildkit");
        return None;
    };
    let path = Path::new(&source).join("frontend/dockerfile/shell").join(name);
    Some(std::fs::read_to_string(path).expect("a file of cases"))
}

#[test]
fn expands_as_buildkit_expands() {
    let Some(cases) = cases("envVarTest") else { return };
    let environment = Variables::new(&["PWD=/home", "SHELL=bash", "KOREAN=한국어", "NULL="]);
    let mut compared = 0;
    for line in cases.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let [platform, text, expected] = parts[..] else { panic!("{line}") };
        // Windows looks variables up without regard to case.
        if platform == "W" {
            continue;
        }
        let outcome = process(text, Options::expand('\\'), &environment);
        let found = outcome.map_or("error".to_owned(), |outcome| outcome.text.to_string());
        assert_eq!(found, expected, "{text}");
        compared += 1;
    }
    assert!(compared > 200, "only {compared} cases");
    println!("{compared} texts expanded as BuildKit expands them");
}

#[test]
fn splits_into_words_as_buildkit_does() {
    let Some(cases) = cases("wordsTest") else { return };
    let mut pairs = Vec::new();
    let mut compared = 0;
    for line in cases.lines().filter(|line| !line.starts_with('#')) {
        if let Some(pair) = line.strip_prefix("ENV ") {
            pairs.push(pair.trim_start());
            continue;
        }
        let (text, expected) = line.split_once('|').expect("a case");
        let expected: Vec<&str> = expected.trim_start_matches(' ').split(',').collect();
        let outcome = process(text.trim(), Options::expand('\\'), &Variables::new(&pairs));
        let found = outcome.map_or(vec!["error".to_owned()], |outcome| outcome.words);
        assert_eq!(found, expected, "{text}");
        compared += 1;
    }
    assert!(compared > 20, "only {compared} cases");
    println!("{compared} texts split as BuildKit splits them");
}
