//! Step: the sources of every crate, so that the build itself needs no network.

use std::process::Command;

use anyhow::Result;

use crate::process;
use crate::setup::progress::Step;
use crate::setup::wasm_target::TARGET;
use crate::tools::Tools;

/// Asks cargo whether all is there and only then lets it fetch.
pub fn ensure(mut step: Step, tools: &Tools) -> Result<()> {
    if step.run(fetch(tools)?.arg("--offline"))? {
        step.found("");
        return Ok(());
    }
    step.installing("about a minute")?;
    if !step.run(&mut fetch(tools)?)? {
        return Err(step.failed("cargo fetch"));
    }
    step.done();
    Ok(())
}

/// Fetches for this machine and for the page; crates for other systems are left out. Debian's
/// toolchain adds the crates of the standard library, which it compiles here.
fn fetch(tools: &Tools) -> Result<Command> {
    let mut command = tools.wasm_command("cargo")?;
    command.args(["fetch", "--quiet", "--target", TARGET]);
    let version = process::output(Command::new("rustc").arg("-vV")).unwrap_or_default();
    if let Some(host) = version.lines().find_map(|line| line.strip_prefix("host: ")) {
        command.args(["--target", host]);
    }
    Ok(command)
}
