//! Step: the npm packages of the end-to-end tests.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::setup::progress::Step;
use crate::workspace;

/// Where the end-to-end tests live, from the root.
pub const E2E: &str = "tests/e2e";

/// Runs `npm ci` unless the installed packages are those of the lock file.
pub fn ensure(mut step: Step) -> Result<()> {
    let folder = workspace::root()?.join(E2E);
    let Ok(lock) = fs::read(folder.join("package-lock.json")) else {
        step.skipped("there is no package-lock.json");
        return Ok(());
    };
    let installed = folder.join("node_modules").join(".installed-package-lock.json");
    if fs::read(&installed).is_ok_and(|installed| installed == lock) {
        step.found("");
        return Ok(());
    }
    step.installing("about 20 seconds")?;
    if !step.run(&mut command("ci", &folder))? {
        return Err(step.failed(&format!("npm --prefix {E2E} ci")));
    }
    fs::write(installed, lock)?;
    step.done();
    Ok(())
}

/// npm with `command`, working on `folder`, without chatter and without a browser of its own.
pub fn command(command: &str, folder: &Path) -> Command {
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.args([command, "--no-audit", "--no-fund", "--no-update-notifier", "--prefix"]);
    npm.arg(folder).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    npm
}
