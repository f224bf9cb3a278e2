//! `v/VERSION/`: the same program at an address that never changes, for pages that embed it.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::{files, offline};

/// The version of the workspace, which this crate shares.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Copies what a browser may keep to `v/VERSION/`. No service worker runs there: the address
/// already says which version it is.
pub fn copy(dist: &Path) -> Result<()> {
    let below = format!("v/{VERSION}");
    for name in offline::kept(dist)? {
        let content = files::read(dist, &name)?;
        files::write(dist, &format!("{below}/{name}"), content)?;
    }
    let index = dist.join(&below).join("index.html");
    fs::write(&index, offline::unmark(&fs::read_to_string(&index)?))?;
    Ok(())
}
