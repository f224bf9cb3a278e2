//! Writes the guide into `target/pages`; `cargo xtask web-prepare` calls it with the root of the
//! repository.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use guide::Book;

/// Where the files that the page fetches go, and where the static pages, from the root; `index.html`
/// names both.
const PAGES: &str = "target/pages";
const SITE: &str = "target/site";

fn main() -> Result<()> {
    let root = PathBuf::from(env::args_os().nth(1).context("usage: guide ROOT")?);
    let book = Book::read(&root)?;
    write(&root.join(PAGES), &book.files()?)?;
    write(&root.join(SITE), &guide::site::files(&book, &root)?)
}

/// Writes the files by their paths, and removes those of the same folders that are no more.
fn write(output: &Path, files: &BTreeMap<String, String>) -> Result<()> {
    for (name, text) in files {
        let path = output.join(name);
        let folder = path.parent().unwrap_or(output);
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        // An unchanged file keeps its time, so that nothing is built again for it.
        if fs::read_to_string(&path).ok().as_deref() != Some(text) {
            fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    for folder in ["rules", "guide", "lessons"] {
        let Ok(entries) = output.join(folder).read_dir() else { continue };
        for entry in entries.flatten() {
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            let path = entry.path();
            if path.is_file() && !files.contains_key(&name) {
                fs::remove_file(path)?;
            } else if path.is_dir() && !files.contains_key(&format!("{name}/index.html")) {
                fs::remove_dir_all(path)?;
            }
        }
    }
    Ok(())
}
