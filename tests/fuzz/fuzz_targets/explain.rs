//! Any message and any Dockerfile are explained, and every place lies inside its text.
#![no_main]

use engine::source::Span;
use engine::{Settings, Workspace, explain};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (message, dockerfile) = text.split_once('\0').unwrap_or((text, "FROM a\nCOPY b /c\n"));
    let workspace = Workspace { dockerfile: dockerfile.to_owned(), ..Workspace::default() };
    let inside = |span: Span, text: &str| {
        assert!(text.get(span.start as usize..span.end as usize).is_some());
    };
    for found in explain(message, &workspace, &Settings::default()) {
        inside(found.span, message);
        found.places.iter().for_each(|place| inside(place.span, dockerfile));
        found.findings.iter().for_each(|cause| inside(cause.span, dockerfile));
    }
    // The table itself may be damaged on its way to the page.
    let settings = Settings::default();
    engine::explain::explain_with(message, dockerfile, &workspace, &settings);
});
