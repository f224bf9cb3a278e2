//! The shell reader reads on, and its words stand where it says.
#![no_main]

use engine::shell::{Install, Script};
use engine::source::Span;
use engine::text::Text;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let script = Script::parse(&Text::from(text), &|range| Span::new(range.start, range.end));
    for command in &script.commands {
        for word in command.words.iter().chain(&command.assignments) {
            assert!(text.get(word.span.start as usize..word.span.end as usize).is_some());
            assert!(command.span.contains(word.span));
        }
        let _ = Install::of(command);
    }
});
