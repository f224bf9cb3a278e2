//! Folders that the application loads from when it needs them.
//!
//! Trunk copies them under their plain names. Here each gets the hash of its content, so that a
//! browser may keep it forever and a new version never mixes with an old one. The application finds
//! the names in `<meta name="folders">`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::files;
use crate::html;

/// Says which inputs a folder was built from; nobody downloads that.
const STAMP: &str = "made-of";

/// Renames the folders that `html` names and gives back `html` with the new names.
pub fn hash(html: &str, dist: &Path) -> Result<String> {
    let tags = html::tags(html);
    let meta = tags.iter().find(|tag| tag.name == "meta" && tag.get("name") == Some("folders"));
    let meta = meta.context("index.html names no folders")?;
    let mut names = Vec::new();
    for name in meta.get("content").unwrap_or_default().split_whitespace() {
        let folder = dist.join(name);
        let _ = fs::remove_file(folder.join(STAMP));
        let mut parts = Vec::new();
        for file in files::all(&folder)? {
            parts.push(files::read(&folder, &file)?);
            parts.push(file.into_bytes());
        }
        let hash = files::short_hash(parts.iter().map(Vec::as_slice));
        let hashed = format!("{name}-{hash}");
        fs::rename(&folder, dist.join(&hashed)).with_context(|| format!("cannot move {name}"))?;
        names.push(hashed);
    }
    let (before, after) = (&html[..meta.range.start], &html[meta.range.end..]);
    Ok(format!("{before}<meta name=\"folders\" content=\"{}\">{after}", names.join(" ")))
}
