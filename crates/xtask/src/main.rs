//! Sets up, serves, builds, tests and measures the playground.

fn main() {}
