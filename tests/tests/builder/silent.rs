//! hadolint itself has nothing to say about what the builder writes.
//!
//! `builder/hadolint.txt` holds a hash of each Dockerfile of the covering array on which it was silent.
//! `RECORD=1 cargo test -p tests hadolint_is_silent` asks the binary named in `HADOLINT` (or
//! `hadolint`) about all of them again.

use super::array;
use engine::builder::render;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

const RECORD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/builder/hadolint.txt");

/// FNV-1a, which stays the same from one release of Rust to the next.
fn hash(text: &str) -> String {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, step))
}

fn dockerfiles() -> BTreeMap<String, String> {
    let text = |recipe| render(recipe).file("Dockerfile").to_owned();
    array::recipes().iter().map(text).map(|text| (hash(&text), text)).collect()
}

/// Asks hadolint about all texts at once; whatever it says fails the test.
fn record(texts: &BTreeMap<String, String>) {
    let folder = std::env::temp_dir().join(format!("builder-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    for (hash, text) in texts {
        std::fs::write(folder.join(hash), text).expect("a file");
    }
    let program = std::env::var("HADOLINT").unwrap_or_else(|_| "hadolint".to_owned());
    let output = Command::new(program)
        .args(["--no-fail", "--format", "json"])
        .args(texts.keys().map(|hash| folder.join(hash)))
        .output()
        .expect("hadolint runs");
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "[]");
    let lines: String = texts.keys().map(|hash| format!("{hash}\n")).collect();
    std::fs::write(RECORD, lines).expect("the record can be written");
}

#[test]
fn hadolint_is_silent_on_each_recipe() {
    let texts = dockerfiles();
    if std::env::var_os("RECORD").is_some() {
        record(&texts);
    }
    let recorded = std::fs::read_to_string(RECORD).expect("a record");
    let recorded: BTreeSet<&str> = recorded.lines().collect();
    let unknown = texts.iter().find(|(hash, _)| !recorded.contains(hash.as_str()));
    if let Some((_, text)) = unknown {
        panic!("hadolint was not asked about this one, RECORD=1 asks it:\n{text}");
    }
}
