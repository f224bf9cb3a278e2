//! A formatted text is as readable as before and stays as it is.
#![no_main]

use engine::fix::edit;
use engine::format::{FormatOptions, format};
use engine::syntax;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, bool)| {
    let (text, sort_packages) = input;
    let options = FormatOptions { sort_packages, ..FormatOptions::default() };
    let edits = format(text, &options);
    assert!(edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    let once = edit(text, &edits);
    let (before, after) = (syntax::parse(text), syntax::parse(&once));
    assert_eq!(before.errors.len(), after.errors.len());
    let keywords = |tree: &syntax::Dockerfile| -> Vec<_> {
        tree.instructions().map(|instruction| instruction.statement.keyword).collect()
    };
    assert_eq!(keywords(&before), keywords(&after));
    assert!(format(&once, &options).is_empty());
});
