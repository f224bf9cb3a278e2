//! Debian's packages.

use std::process::Command;

use anyhow::Result;

use crate::process;
use crate::setup::progress::Step;

/// Installs `packages` inside the open `step`; false where there is no apt or it refuses.
pub fn install(step: &Step, packages: &[&str]) -> Result<bool> {
    if process::which("apt-get").is_none() {
        return Ok(false);
    }
    // The lists of a new machine are empty or old. That they cannot be renewed is no reason to
    // stop: the packages may be in reach all the same.
    step.run(apt_get().arg("update"))?;
    step.run(apt_get().args(["install", "--yes", "--no-install-recommends"]).args(packages))
}

/// The same as a person would type it.
pub fn by_hand(packages: &[&str]) -> String {
    format!("sudo apt-get update && sudo apt-get install {}", packages.join(" "))
}

fn apt_get() -> Command {
    let mut command = if is_root() { Command::new("env") } else { Command::new("sudo") };
    if !is_root() {
        command.arg("env");
    }
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"]);
    command
}

fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).as_deref() == Some("0")
}
