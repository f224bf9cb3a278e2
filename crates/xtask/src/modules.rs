//! Builds the modules beside the application's, which the page loads when it needs them: the linter
//! of shell scripts, for a worker, and the workshop.
//!
//! Trunk builds one module; these are built by the same tools, in its pre_build hook, and copied
//! into folders of `dist/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::finish::files::integrity;
use crate::{process, setup, workspace};

/// A module and how it is built.
struct Module {
    package: &'static str,
    /// Where it goes, from the root; `index.html` names the folder.
    output: &'static str,
    /// The profile of `Cargo.toml` that it is built with.
    profile: &'static str,
    /// The kind of script that `wasm-bindgen` writes for it.
    target: &'static str,
    /// How hard `wasm-opt` tries.
    level: &'static [&'static str],
    /// What its files are called.
    name: fn(hash: &str) -> String,
}

/// The script of the worker names this one, so its name is always the same. A page that is a file
/// can have no workers that are modules. Higher levels of `wasm-opt` take minutes and save a
/// twentieth.
const SHELLCHECK: Module = Module {
    package: "shellcheck-worker",
    output: "target/shellcheck",
    profile: "worker",
    target: "no-modules",
    level: &["-O1"],
    name: |_| "shellcheck".to_owned(),
};
/// The page finds this one by its import map, see `finish::import_map`. Its level is that of the
/// application in `index.html`: `-Oz` makes fewer bytes, of which brotli makes more.
const WORKSHOP: Module = Module {
    package: "workshop",
    output: "target/workshop",
    profile: "release",
    target: "web",
    level: &["-O2", "--shrink-level=2"],
    name: |hash| format!("workshop-{hash}"),
};

/// What browsers of the last years know, as in `index.html`; `--all-features` would use more.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];
/// The note on which module an output was made of, and how.
const STAMP: &str = "made-of";

/// Builds each module unless what is there was made of the same one.
pub fn run() -> Result<()> {
    let root = workspace::root()?;
    SHELLCHECK.build(&root)?;
    WORKSHOP.build(&root)?;
    let output = root.join(SHELLCHECK.output);
    let source = fs::read_to_string(root.join("static/shellcheck/worker.js"))?;
    let hash = integrity(&fs::read(output.join("shellcheck_bg.wasm"))?);
    let source = source.replace("[integrity]", &hash);
    let script = output.join("worker.js");
    // An unchanged file keeps its time, so that nothing is built again for it.
    if fs::read_to_string(&script).ok().as_ref() != Some(&source) {
        fs::write(script, source)?;
    }
    Ok(())
}

impl Module {
    fn build(&self, root: &Path) -> Result<()> {
        let built = self.compile(root)?;
        let bytes = fs::read(&built).with_context(|| format!("cannot read {}", built.display()))?;
        let hash = format!("{:x}", Sha256::digest(&bytes));
        let output = root.join(self.output);
        let stamp = format!("{} {} {hash}", self.target, self.level.join(" "));
        if fs::read_to_string(output.join(STAMP)).ok().as_deref() == Some(&stamp) {
            return Ok(());
        }
        // The files of an older module have other names.
        if output.is_dir() {
            fs::remove_dir_all(&output)?;
        }
        fs::create_dir_all(&output)?;
        let name = (self.name)(&hash[..16]);
        let mut bindgen = Command::new("wasm-bindgen");
        bindgen.args([
            "--target",
            self.target,
            "--no-typescript",
            "--out-name",
            &name,
            "--out-dir",
        ]);
        process::run(bindgen.arg(&output).arg(&built))?;
        let wasm = output.join(format!("{name}_bg.wasm"));
        // Without npm there is none; the module then works, but is bigger.
        if process::which("wasm-opt").is_some() {
            let mut optimise = Command::new("wasm-opt");
            optimise.args(self.level).args(["--strip-debug", "--strip-producers"]).args(FEATURES);
            process::run(optimise.arg(&wasm).arg("-o").arg(&wasm))?;
        }
        Ok(fs::write(output.join(STAMP), stamp)?)
    }

    /// Compiles it; says where it is.
    fn compile(&self, root: &Path) -> Result<PathBuf> {
        let mut cargo = Command::new("cargo");
        cargo.args(["build", "--package", self.package, "--lib"]);
        cargo.args(["--profile", self.profile, "--target", setup::TARGET]);
        process::run(cargo.current_dir(root))?;
        let file = format!("{}.wasm", self.package.replace('-', "_"));
        Ok(target(root)?.join(setup::TARGET).join(self.profile).join(file))
    }
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
