//! Any configuration file is read, and what is written of it is read again without complaint.
#![no_main]

use engine::{Settings, config};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let found = config::read(text, &Settings::default());
    let lines = text.split('\n').count() as u32;
    assert!(found.messages.iter().all(|message| (1..=lines).contains(&message.line)));
    let written = config::write(&found.settings);
    let again = config::read(&written, &Settings::default());
    assert_eq!(config::write(&again.settings), written);
});
