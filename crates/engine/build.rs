//! Turns `data/` and the rule folders into Rust before the engine is compiled.
//!
//! Each step reads its own inputs, writes one file into `OUT_DIR` and refuses malformed input with a
//! message that names the file and the row.

use std::path::Path;
use std::process::ExitCode;

#[path = "build/catalog/mod.rs"]
mod catalog;
#[path = "build/messages.rs"]
mod messages;
#[path = "build/recipe.rs"]
mod recipe;
#[path = "build/rules.rs"]
mod rules;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    let Some(out) = std::env::var_os("OUT_DIR") else {
        println!("cargo::error=OUT_DIR is not set: cargo sets it");
        return ExitCode::FAILURE;
    };
    let steps = [catalog::generate, messages::generate, recipe::generate, rules::generate];
    for step in steps {
        if let Err(message) = step(Path::new(&out)) {
            for line in message.lines() {
                println!("cargo::error={line}");
            }
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
