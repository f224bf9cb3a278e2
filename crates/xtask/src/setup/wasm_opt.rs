//! Step: wasm-opt, which makes the wasm smaller. The page works without it.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::setup::npm;
use crate::setup::progress::Progress;
use crate::tools::Tools;
use crate::{process, workspace};

/// The npm package `binaryen` carries wasm-opt for every system; Debian's is too old.
const VERSION: &str = "132.0.0";

/// Answers Trunk as wasm-opt would and copies the file as it is.
const STAND_IN: &str = r#"#!/bin/sh
# Stands in for wasm-opt, which could not be installed: the wasm is copied as it is.
[ "$1" = --version ] && { echo "wasm-opt version 0"; exit 0; }
for arg in "$@"; do
  case "$arg" in --output=*) to="${arg#--output=}" ;; -*) ;; *) from="$arg" ;; esac
done
cp "$from" "$to"
"#;

/// Takes wasm-opt from `PATH` or the cache, else installs it, else says that the wasm stays big.
pub fn ensure(progress: &mut Progress, tools: &mut Tools) -> Result<()> {
    let mut step = progress.step(&format!("wasm-opt (binaryen {VERSION})"));
    let folder = workspace::tool_dir("binaryen", VERSION)?;
    let bin = folder.join("node_modules").join(".bin");
    if process::which("wasm-opt").is_some_and(|program| is_new_enough(&program)) {
        step.found("");
        return Ok(());
    }
    if process::executable_in(&bin, "wasm-opt").is_some_and(|program| is_new_enough(&program)) {
        step.found("");
        tools.folders.push(bin);
        return Ok(());
    }
    if process::which("npm").is_none() {
        tools.folders.push(stand_in()?);
        step.skipped("there is no npm; the wasm will be half as big again (install Node.js)");
        return Ok(());
    }
    step.installing("about 10 seconds")?;
    fs::create_dir_all(&folder)?;
    let package = format!("binaryen@{VERSION}");
    if !step.run(npm::command("install", &folder).args(["--no-save", &package]))? {
        return Err(step.failed(&format!("npm install --global {package}")));
    }
    tools.folders.push(bin);
    step.done();
    Ok(())
}

fn is_new_enough(program: &Path) -> bool {
    let Some(text) = process::output(Command::new(program).arg("--version")) else {
        return false;
    };
    // wasm-opt version 132 (version_132)
    let major = |text: &str| text.split('.').next().and_then(|major| major.parse::<u32>().ok());
    text.split_whitespace().nth(2).and_then(major) >= major(VERSION)
}

fn stand_in() -> Result<std::path::PathBuf> {
    let folder = workspace::tool_dir("wasm-opt", "stand-in")?;
    fs::create_dir_all(&folder)?;
    let file = folder.join("wasm-opt");
    fs::write(&file, STAND_IN).context("cannot write the stand-in for wasm-opt")?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755))?;
    }
    Ok(folder)
}
