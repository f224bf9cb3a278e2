//! Builds the linter of shell scripts as a module of its own, which the page's worker loads.
//!
//! Trunk builds one module; this one is built by the same tools, in its pre_build hook, and copied
//! into `dist/shellcheck/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::{process, setup, workspace};

/// Where it goes, from the root; `index.html` names the folder.
const OUTPUT: &str = "target/shellcheck";
const PACKAGE: &str = "shellcheck-worker";
/// The profile of `Cargo.toml` that it is built with.
const PROFILE: &str = "worker";

/// What browsers of the last years know, as in `index.html`; `--all-features` would use more.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Builds the module unless what is there was made of the same one.
pub fn run() -> Result<()> {
    let root = workspace::root()?;
    let output = root.join(OUTPUT);
    fs::create_dir_all(&output)?;
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--package", PACKAGE, "--profile", PROFILE, "--target", setup::TARGET]);
    process::run(cargo.current_dir(&root))?;
    let built = target(&root)?.join(setup::TARGET).join(PROFILE).join("shellcheck_worker.wasm");
    let bytes = fs::read(&built).with_context(|| format!("cannot read {}", built.display()))?;
    let hash = format!("{:x}", Sha256::digest(&bytes));
    let stamp = output.join("made-of");
    if fs::read_to_string(&stamp).ok().as_deref() != Some(&hash) {
        let mut bindgen = Command::new("wasm-bindgen");
        bindgen.args([
            "--target",
            "web",
            "--no-typescript",
            "--out-name",
            "shellcheck",
            "--out-dir",
        ]);
        process::run(bindgen.arg(&output).arg(&built))?;
        let wasm = output.join("shellcheck_bg.wasm");
        // Without npm there is none; the module then works, but is bigger.
        if process::which("wasm-opt").is_some() {
            let mut optimise = Command::new("wasm-opt");
            // Higher levels take minutes and save a twentieth.
            optimise.args(["-O1", "--strip-debug", "--strip-producers"]).args(FEATURES);
            process::run(optimise.arg(&wasm).arg("-o").arg(&wasm))?;
        }
        fs::write(stamp, hash)?;
    }
    let source = root.join("static/shellcheck/worker.js");
    let script = output.join("worker.js");
    // An unchanged file keeps its time, so that nothing is built again for it.
    if fs::read(&script).ok() != Some(fs::read(&source)?) {
        fs::copy(source, script)?;
    }
    Ok(())
}

/// Cargo's target folder, which the environment may have moved.
fn target(root: &Path) -> Result<PathBuf> {
    let mut cargo = Command::new("cargo");
    cargo.args(["metadata", "--no-deps", "--format-version", "1"]).current_dir(root);
    let text = process::output(&mut cargo).context("`cargo metadata` failed")?;
    let value: serde_json::Value = serde_json::from_str(&text)?;
    let folder = value["target_directory"].as_str().context("cargo names no target folder")?;
    Ok(PathBuf::from(folder))
}
