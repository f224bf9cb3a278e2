//! The service worker: `static/site/sw.js` with the list of this build's files.

use std::path::Path;

use anyhow::{Context, Result};

use super::files;
use crate::workspace;

/// On `<html>`: tells the application which service worker to register.
const MARK: &str = " data-offline=\"sw.js\"";
/// Where the list goes.
const PLACE: &str = "[/* files */]";

/// Files that only servers, search engines and downloads need. The guide is kept as the panel has it.
const NOT_KEPT: [&str; 6] =
    ["404.html", "_headers", "robots.txt", "sitemap.xml", "sw.js", "card.png"];
const FOLDERS_NOT_KEPT: [&str; 5] = ["_server/", "v/", "download/", "guide/", "rules/"];

/// `html` with the mark.
pub fn mark(html: &str) -> String {
    html.replacen("<html", &format!("<html{MARK}"), 1)
}

/// `html` without the mark.
pub fn unmark(html: &str) -> String {
    html.replacen(MARK, "", 1)
}

/// The files of `dist` that make up one version of the program.
pub fn kept(dist: &Path) -> Result<Vec<String>> {
    let mut names = files::all(dist)?;
    names.retain(|name| {
        let below = FOLDERS_NOT_KEPT.iter().any(|folder| name.starts_with(folder));
        !below && !NOT_KEPT.contains(&name.as_str())
    });
    Ok(names)
}

/// Writes `sw.js`.
pub fn write(dist: &Path) -> Result<()> {
    let mut list = String::from("[\n");
    for name in kept(dist)? {
        let hash = files::sha256(&files::read(dist, &name)?);
        list.push_str(&format!("  [\"{}\", \"{hash}\"],\n", address(&name)));
    }
    list.push(']');
    let script = source("sw.js")?;
    anyhow::ensure!(script.contains(PLACE), "sw.js has no place for the list of files");
    files::write(dist, "sw.js", script.replacen(PLACE, &list, 1))
}

/// Writes a `sw.js` that takes an earlier one out of the browser, for builds that are not to be
/// kept: one that was served from the same address before would hide them.
pub fn write_farewell(dist: &Path) -> Result<()> {
    files::write(dist, "sw.js", source("farewell.js")?)
}

fn source(name: &str) -> Result<String> {
    let path = workspace::root()?.join("static/site").join(name);
    std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
}

/// A folder's index is asked for by the folder: some hosts send `index.html` elsewhere.
pub fn address(name: &str) -> &str {
    match name.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asks_for_folders_by_their_name() {
        assert_eq!(address("index.html"), "");
        assert_eq!(address("guide/index.html"), "guide/");
        assert_eq!(address("guide/an-index.html"), "guide/an-index.html");
    }

    #[test]
    fn the_mark_goes_as_it_came() {
        let page = "<!doctype html><html lang=\"en\"><head></head></html>";
        assert!(mark(page).contains("<html data-offline=\"sw.js\" lang"));
        assert_eq!(unmark(&mark(page)), page);
    }
}
