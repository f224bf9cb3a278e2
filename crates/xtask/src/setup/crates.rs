//! Step: the sources of every crate, so that the build itself needs no network.

use anyhow::Result;

use crate::setup::progress::Step;
use crate::setup::wasm_target::TARGET;
use crate::tools::{Tools, WasmToolchain};

/// Asks cargo whether all is there and only then lets it fetch.
pub fn ensure(mut step: Step, tools: &Tools) -> Result<()> {
    let fetch = |offline: bool| -> Result<_> {
        let mut command = tools.wasm_command("cargo")?;
        command.args(["fetch", "--quiet"]).args(offline.then_some("--offline"));
        // The standard library of Debian's toolchain is compiled here and has crates of its own;
        // cargo fetches them only for a named target.
        if tools.wasm == WasmToolchain::Debian {
            command.args(["--target", TARGET]);
        }
        Ok(command)
    };
    if step.run(&mut fetch(true)?)? {
        step.found("");
        return Ok(());
    }
    step.installing("about a minute")?;
    // Native builds need crates that the wasm32 target does not: fetch without a target as well.
    if !step.run(&mut fetch(false)?)? || !step.run(tools.command("cargo")?.arg("fetch"))? {
        return Err(step.failed("cargo fetch"));
    }
    step.done();
    Ok(())
}
