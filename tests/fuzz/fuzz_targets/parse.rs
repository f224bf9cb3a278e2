//! The tree tiles the text, maps back to it, and the tokens come in order.
#![no_main]

use engine::syntax;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let tree = syntax::parse(text);
    let mut end = 0;
    for item in &tree.items {
        assert_eq!(item.extent.start, end);
        end = item.extent.end;
    }
    for instruction in tree.instructions() {
        let line = &instruction.line;
        for (at, ch) in line.text.char_indices() {
            let place = line.source_span(&(at as u32..(at + ch.len_utf8()) as u32));
            assert_eq!(place.of(text), ch.to_string());
        }
    }
    let mut last = 0;
    for token in syntax::highlight(text) {
        assert!(last <= token.span.start && token.span.start < token.span.end);
        assert!(!token.span.of(text).is_empty());
        last = token.span.end;
    }
});
