//! Step: a compiler for wasm32-unknown-unknown.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::process;
use crate::setup::apt;
use crate::setup::progress::Step;
use crate::tools::WasmToolchain;

/// The target triple of the page.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's second toolchain, which its browsers are built with, the sources of its standard
/// library, and a linker.
const PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-19"];

/// Finds the target in the current toolchain, else in Debian's; else installs, in the same order.
pub fn ensure(mut step: Step) -> Result<WasmToolchain> {
    if current_has_target() {
        step.found("");
        return Ok(WasmToolchain::Current);
    }
    if debian_is_ready() {
        step.found("Debian's rustc-web");
        return Ok(WasmToolchain::Debian);
    }
    step.installing("seconds to a minute")?;
    if step.run(Command::new("rustup").args(["target", "add", TARGET]))? && current_has_target() {
        step.done();
        return Ok(WasmToolchain::Current);
    }
    if install_debian(&step)? {
        step.done();
        return Ok(WasmToolchain::Debian);
    }
    Err(step.failed(&format!(
        "rustup target add {TARGET}\n  or, on Debian:\n    {}\n    rustup toolchain link web /usr",
        apt::by_hand(&PACKAGES)
    )))
}

/// Whether the compiled standard library lies where rustc looks for it.
fn current_has_target() -> bool {
    let query = ["--print", "target-libdir", "--target", TARGET];
    let Some(folder) = process::output(Command::new("rustc").args(query)) else {
        return false;
    };
    let Ok(files) = Path::new(&folder).read_dir() else {
        return false;
    };
    files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libstd-"))
}

/// Whether Debian's toolchain is linked, and has sources to build the standard library from.
fn debian_is_ready() -> bool {
    let sysroot =
        Command::new("rustup").args(["run", "web", "rustc", "--print", "sysroot"]).output();
    let Ok(sysroot) = sysroot else {
        return false;
    };
    let sysroot = String::from_utf8_lossy(&sysroot.stdout).trim().to_owned();
    !sysroot.is_empty()
        && Path::new(&sysroot).join("lib/rustlib/src/rust/library/std/Cargo.toml").is_file()
        && process::which("wasm-ld-19").is_some()
}

fn install_debian(step: &Step) -> Result<bool> {
    // On a machine that has the packages already only the link is missing.
    let link =
        |step: &Step| step.run(Command::new("rustup").args(["toolchain", "link", "web", "/usr"]));
    if link(step)? && debian_is_ready() {
        return Ok(true);
    }
    Ok(apt::install(step, &PACKAGES)? && link(step)? && debian_is_ready())
}
