//! `.dockerignore` patterns of any kind are matched, and a file without patterns excludes nothing.
#![no_main]

use engine::model::ignore::IgnoreFile;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &str)| {
    let (patterns, path) = input;
    let file = IgnoreFile::parse(patterns);
    let excluded = file.excludes(path).is_some();
    assert!(!excluded || file.patterns.iter().any(|pattern| !pattern.negated));
});
