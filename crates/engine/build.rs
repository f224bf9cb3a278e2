//! Turns `data/` and the rule folders into Rust before the engine is compiled.

fn main() {}
