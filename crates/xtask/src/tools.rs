//! The tools that `setup` found, and how to start a program with them.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;

/// Which compiler builds for wasm32.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WasmToolchain {
    /// The toolchain in use has the target.
    Current,
    /// Debian's packages `rustc-web` and friends, which build the standard library from source.
    Debian,
}

impl WasmToolchain {
    /// The environment that makes cargo use it; nothing in the repository changes.
    pub fn vars(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Current => &[],
            Self::Debian => &[
                ("RUSTUP_TOOLCHAIN", "web"),
                ("RUSTC_BOOTSTRAP", "1"),
                ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
                ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-19"),
            ],
        }
    }
}

/// The browser and the driver that speaks to it.
#[derive(Clone, Debug)]
pub struct Browser {
    /// Chromium or Chrome.
    pub browser: PathBuf,
    /// The ChromeDriver of the same version.
    pub driver: PathBuf,
}

/// All that a build or a test needs beside the current Rust toolchain.
#[derive(Debug)]
pub struct Tools {
    /// Folders to put before `PATH`.
    pub folders: Vec<PathBuf>,
    /// Who compiles for wasm32.
    pub wasm: WasmToolchain,
    /// Only there when the tests were asked for.
    pub browser: Option<Browser>,
}

impl Tools {
    /// `program` with the tools on its `PATH` and the current Rust toolchain.
    pub fn command(&self, program: &str) -> Result<Command> {
        let found = self.folders.iter().find_map(|folder| process::executable_in(folder, program));
        let mut command = Command::new(found.unwrap_or_else(|| PathBuf::from(program)));
        command.env("PATH", self.path()?);
        clear_cargo_vars(&mut command);
        // Trunk's hooks call this very program. Under Debian's toolchain a `cargo xtask` inside a
        // hook would be compiled a second time, with that toolchain.
        command.env("XTASK", env::current_exe().context("cannot tell where this program is")?);
        Ok(command)
    }

    /// Like `command`, but what it compiles for wasm32 is compiled by the right toolchain.
    pub fn wasm_command(&self, program: &str) -> Result<Command> {
        let mut command = self.command(program)?;
        command.envs(self.wasm.vars().iter().copied());
        Ok(command)
    }

    /// `PATH` with the tools first.
    pub fn path(&self) -> Result<OsString> {
        let old = env::var_os("PATH").unwrap_or_default();
        let folders = self.folders.iter().cloned().chain(env::split_paths(&old));
        env::join_paths(folders).context("a tool's folder cannot stand in PATH")
    }

    /// Adds the folder of `file` to `PATH`.
    pub fn add_folder_of(&mut self, file: &Path) {
        self.folders.extend(file.parent().map(PathBuf::from));
    }
}

/// `cargo run` describes the crate it runs in the environment. A cargo that is started from there
/// must not read that: `CARGO` names the wrong toolchain when Debian's is asked for.
pub fn clear_cargo_vars(command: &mut Command) {
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        if name == "CARGO" || name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
        {
            command.env_remove(&*name);
        }
    }
}
