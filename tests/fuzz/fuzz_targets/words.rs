//! Expansion ends, and its variables stand where it says.
#![no_main]

use engine::syntax::words::{Environment, Options, Value, process};
use libfuzzer_sys::fuzz_target;

struct Sample;

impl Environment for Sample {
    fn get(&self, name: &str) -> Value<'_> {
        match name.len() % 4 {
            0 => Value::Unset,
            1 => Value::Known("a/b c"),
            2 => Value::Declared,
            _ => Value::Unknown,
        }
    }
}

fuzz_target!(|input: (bool, u8, &str)| {
    let (tick, flags, text) = input;
    let options = Options {
        escape: if tick { '`' } else { '\\' },
        raw_quotes: flags & 1 > 0,
        raw_escapes: flags & 2 > 0,
        skip_unset: flags & 4 > 0,
        ignore_quotes: flags & 8 > 0,
    };
    match process(text, options, &Sample) {
        Ok(processed) => {
            for found in processed.uses {
                let place = text.get(found.range.start as usize..found.range.end as usize);
                assert!(place.is_some_and(|place| place.starts_with('$')));
            }
        }
        Err(error) => assert!(error.range.start <= error.range.end),
    }
});
