//! What the page fetches beside itself: the guide, and the table of error messages.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, anyhow};

use crate::tools::{self, WasmToolchain};
use crate::{process, workspace};

#[path = "../../engine/build/messages.rs"]
mod messages;

/// The table of messages as the page fetches it. `index.html` names the folder, so it is not the
/// target folder that cargo uses when that was moved.
const MESSAGES: &str = "target/pages/messages.txt";

/// Writes both.
pub fn run() -> Result<()> {
    let root = workspace::root()?;
    guide(&root)?;
    let table = fs::read_to_string(root.join("crates/engine/data/messages.toml"))?;
    let table = messages::compact(&table).map_err(|error| anyhow!("messages.toml: {error}"))?;
    // An unchanged file keeps its time, so that nothing is built again for it.
    let path = root.join(MESSAGES);
    if fs::read_to_string(&path).ok().as_deref() != Some(&table) {
        fs::write(path, table)?;
    }
    Ok(())
}

/// Renders the guide by a program of its own: it asks the engine for figures, and this one must
/// work while the engine does not compile.
fn guide(root: &Path) -> Result<()> {
    let mut cargo = Command::new("cargo");
    cargo.args(["run", "--quiet", "--package", "guide", "--"]).arg(root).current_dir(root);
    tools::clear_cargo_vars(&mut cargo);
    // It runs here and not in the browser, so Trunk's toolchain for wasm is not the one.
    for (name, value) in WasmToolchain::Debian.vars() {
        if std::env::var_os(name).is_some_and(|set| set == *value) {
            cargo.env_remove(name);
        }
    }
    process::run(&mut cargo)
}
