//! What is left to do on a built page: the import map, the content security policy and the headers
//! file.
//!
//! Trunk calls this as its post_build hook, before it moves the staging folder to `dist/`.

use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context, Result};

mod csp;
mod headers;
mod import_map;
mod preload;

/// Finishes the folder that Trunk names, else `dist/`.
pub fn run() -> Result<()> {
    let folder = match env::var_os("TRUNK_STAGING_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => crate::workspace::root()?.join("dist"),
    };
    let map = import_map::of(&folder)?;
    let mut pages = Vec::new();
    for name in html_files(&folder)? {
        let path = folder.join(&name);
        let html = fs::read_to_string(&path).with_context(|| format!("cannot read {name}"))?;
        let html = preload::without_ignored_integrity(&html);
        let html = import_map::insert(&html, &map);
        let policy = csp::policy(&html);
        let html = csp::set(&html, &policy).unwrap_or(html);
        fs::write(&path, html).with_context(|| format!("cannot write {name}"))?;
        pages.push(headers::Page { name, policy });
    }
    fs::write(folder.join("_headers"), headers::file(&pages, &headers::hashed_files(&folder)?))
        .context("cannot write _headers")
}

fn html_files(folder: &Path) -> Result<Vec<String>> {
    let entries = folder.read_dir().with_context(|| format!("no folder {}", folder.display()))?;
    let mut names: Vec<_> = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".html"))
        .collect();
    names.sort();
    Ok(names)
}
