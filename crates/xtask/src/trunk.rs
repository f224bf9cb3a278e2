//! Building and serving by Trunk.

use std::env;
use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;

use anyhow::{Context, Result};

use crate::finish::Site;
use crate::setup::{self, Scope};
use crate::tools::{Tools, WasmToolchain};
use crate::{process, workspace};

/// Sets up, then builds and serves on 127.0.0.1 until it is stopped.
pub fn serve(port: u16, offline: bool) -> Result<()> {
    let tools = setup::run(Scope::Page, offline)?;
    // Trunk would find out only after the build.
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).with_context(|| {
        format!("port {port} is taken; choose another: cargo xtask serve --port {}", port + 1)
    })?;
    println!("Building. The page will be at http://127.0.0.1:{port}/ (Ctrl+C stops).");
    let mut trunk = command(&tools, "serve")?;
    trunk.args(["--address", "127.0.0.1", "--port", &port.to_string()]);
    replace_by(&mut trunk)
}

/// Writes a deployable site to `dist/`.
pub fn build(tools: &Tools, site: &Site) -> Result<()> {
    process::run(command(tools, "build")?.envs(site.vars()))?;
    println!("The site is in dist/. Any static web server can serve it, also under a sub-path.");
    Ok(())
}

/// Prints shell lines after which `trunk serve --offline` works by hand.
pub fn print_env() -> Result<()> {
    let tools = setup::run(Scope::Page, true)?;
    println!("export PATH='{}'", tools.path()?.to_string_lossy());
    for (name, value) in tools.wasm.vars() {
        println!("export {name}='{value}'");
    }
    if tools.wasm == WasmToolchain::Debian {
        println!("export XTASK='{}'", env::current_exe()?.display());
    }
    Ok(())
}

fn command(tools: &Tools, action: &str) -> Result<Command> {
    let mut trunk = tools.wasm_command("trunk")?;
    // All is there after the set-up; without --offline Trunk would look for newer tools.
    trunk.args([action, "--release", "--offline"]).current_dir(workspace::root()?);
    // Trunk takes only `true` or `false` here and stops at the usual `NO_COLOR=1`.
    if env::var_os("NO_COLOR").is_some() {
        trunk.env("NO_COLOR", "true");
    }
    Ok(trunk)
}

/// Becomes the program, so that a signal to this process reaches it.
#[cfg(unix)]
fn replace_by(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(command.exec()).with_context(|| format!("cannot start `{}`", process::show(command)))
}

#[cfg(not(unix))]
fn replace_by(command: &mut Command) -> Result<()> {
    process::run(command)
}
