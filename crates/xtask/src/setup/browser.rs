//! Step: Chromium and the driver of its version, for the tests in a browser.

use std::env;
use std::path::PathBuf;

use anyhow::Result;

use crate::process;
use crate::setup::apt;
use crate::setup::progress::Step;
use crate::tools::Browser;

const PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// Takes `CHROMIUM` and `CHROMEDRIVER`, else what `PATH` holds, else Debian's packages.
pub fn ensure(mut step: Step) -> Result<Browser> {
    if let Some(browser) = find() {
        step.found("");
        return Ok(browser);
    }
    step.installing("about a minute")?;
    let installed = apt::install(&step, &PACKAGES)?;
    match find() {
        Some(browser) if installed => {
            step.done();
            Ok(browser)
        }
        _ => Err(step.failed(&format!(
            "{}\n  or install Chrome and chromedriver of one version and set CHROMIUM and \
             CHROMEDRIVER to the two programs",
            apt::by_hand(&PACKAGES)
        ))),
    }
}

fn find() -> Option<Browser> {
    let from_env = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_file());
    let on_path = || BROWSERS.iter().find_map(|name| process::which(name));
    Some(Browser {
        browser: from_env("CHROMIUM").or_else(on_path)?,
        driver: from_env("CHROMEDRIVER").or_else(|| process::which("chromedriver"))?,
    })
}
