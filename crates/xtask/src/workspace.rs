//! Where things are: the repository, its lock file, the user's cache.

use std::path::PathBuf;
use std::{env, fs};

use anyhow::{Context, Result, bail};

/// The root of the repository: the nearest folder upwards that holds `Trunk.toml`.
///
/// Found at run time, not at compile time: two clones may share one target folder.
pub fn root() -> Result<PathBuf> {
    let here = env::current_dir().context("cannot tell the current folder")?;
    let root = here.ancestors().find(|folder| folder.join("Trunk.toml").is_file());
    root.map(PathBuf::from).context("run this inside the repository: no Trunk.toml found upwards")
}

/// The folder of one tool of one version in the user's cache.
pub fn tool_dir(name: &str, version: &str) -> Result<PathBuf> {
    Ok(tools_cache()?.join(format!("{name}-{version}")))
}

/// The folder that holds every tool which `setup` installs.
///
/// It is the user's cache and not `target/`, so that a fresh clone on the same machine finds them.
pub fn tools_cache() -> Result<PathBuf> {
    let absolute = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let cache = absolute("XDG_CACHE_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".cache")))
        .or_else(|| absolute("LOCALAPPDATA"))
        .context("none of XDG_CACHE_HOME, HOME and LOCALAPPDATA names a folder")?;
    Ok(cache.join("dockerfile-playground").join("tools"))
}

/// The version of `package` in `Cargo.lock`.
pub fn locked_version(package: &str) -> Result<String> {
    let path = root()?.join("Cargo.lock");
    let lock = fs::read_to_string(&path).context("cannot read Cargo.lock")?;
    match version_in_lock(&lock, package) {
        Some(version) => Ok(version.to_owned()),
        None => bail!("Cargo.lock names no `{package}`"),
    }
}

/// A lock file is generated and regular, so two lines tell all; no TOML parser is needed.
fn version_in_lock<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_version_from_a_lock_file() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(version_in_lock(lock, "trunk"), None);
    }
}
