//! The files of a folder, and what their content hashes to.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256, Sha384};

/// The paths of all files below `folder`, with `/`, sorted.
pub fn all(folder: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    let mut waiting = vec![String::new()];
    while let Some(below) = waiting.pop() {
        let path = folder.join(&below);
        let entries = path.read_dir().with_context(|| format!("no folder {}", path.display()))?;
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let name = if below.is_empty() { name } else { format!("{below}/{name}") };
            let found = if entry.path().is_dir() { &mut waiting } else { &mut files };
            found.push(name);
        }
    }
    files.sort();
    Ok(files)
}

/// What `integrity` asks for.
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
}

/// The SHA-256 in base64, as content security policies and the service worker write it.
pub fn sha256(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(Sha256::digest(bytes))
}

/// A name for a folder or file with this content, as long as Trunk's.
pub fn short_hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(Sha256::digest(part));
    }
    let hash = format!("{:x}", hasher.finalize());
    hash[..16].to_owned()
}

/// Reads a file of `folder`.
pub fn read(folder: &Path, name: &str) -> Result<Vec<u8>> {
    fs::read(folder.join(name)).with_context(|| format!("cannot read {name}"))
}

/// Writes a file of `folder` and the folders above it.
pub fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> Result<()> {
    let path = folder.join(name);
    if let Some(above) = path.parent() {
        fs::create_dir_all(above)?;
    }
    fs::write(path, content).with_context(|| format!("cannot write {name}"))
}
