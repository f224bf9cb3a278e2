//! Finds what the playground needs and installs what is missing.
//!
//! A step that finds its tool asks no network, so the second run takes a moment. Installed tools
//! go to the user's cache, see [`crate::workspace::tools_cache`].

use anyhow::Result;

use crate::tools::{Tools, WasmToolchain};
use progress::Progress;

mod apt;
mod browser;
mod cargo_tool;
mod crates;
mod npm;
mod progress;
mod wasm_opt;
mod wasm_target;

pub use npm::E2E;
pub use wasm_target::TARGET;

/// The version of Trunk; 0.22 needs a newer Rust than Debian has.
const TRUNK: &str = "0.21.14";

/// How much is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// To build and serve the page.
    Page,
    /// To run every test, in a browser too.
    Tests,
}

/// Goes through the steps. With `offline` a missing tool is an error and nothing is installed.
pub fn run(scope: Scope, offline: bool) -> Result<Tools> {
    let steps = if scope == Scope::Tests { 7 } else { 5 };
    let mut progress = Progress::new(steps, offline);
    let mut tools = Tools { folders: Vec::new(), wasm: WasmToolchain::Current, browser: None };

    tools.wasm = wasm_target::ensure(progress.step("wasm32 target"))?;
    crates::ensure(progress.step("crates of Cargo.lock"), &tools)?;
    cargo_tool::ensure(&mut progress, &mut tools, &cargo_tool::trunk())?;
    cargo_tool::ensure(&mut progress, &mut tools, &cargo_tool::wasm_bindgen()?)?;
    wasm_opt::ensure(&mut progress, &mut tools)?;
    if scope == Scope::Tests {
        tools.browser = Some(browser::ensure(progress.step("Chromium and its driver"))?);
        npm::ensure(progress.step("npm packages of tests/e2e"))?;
    }
    Ok(tools)
}
