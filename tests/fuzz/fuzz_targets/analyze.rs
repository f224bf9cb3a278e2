//! The whole report: spans fit the text, sizes are ranges, and fixes come to an end.
#![no_main]

use engine::diagnostic::Applicability;
use engine::{RuleSet, Settings, Workspace, analyze, fix};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let workspace = Workspace { dockerfile: text.to_owned(), ..Workspace::default() };
    let settings = Settings { set: RuleSet::All, ..Settings::default() };
    let report = analyze(&workspace, &settings);
    for found in &report.diagnostics {
        let edits = found.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
        for span in edits.chain([found.span]) {
            assert!(text.get(span.start as usize..span.end as usize).is_some(), "{}", found.rule);
        }
    }
    for row in &engine::bases(&workspace, &report) {
        let range = row.size.unpacked;
        assert!(range.is_none_or(|range| range.low <= range.likely && range.likely <= range.high));
    }
    let fixed = fix::apply_all(&workspace, &settings, Applicability::Unsafe);
    assert!(fixed.text.len() < text.len() * 4 + 10_000);
});
