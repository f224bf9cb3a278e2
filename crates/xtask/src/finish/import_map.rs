//! The import map: where the script of the workshop is, and what it must hash to.
//!
//! The application asks for `workshop` by that name when it first needs it; the file has a hash in
//! its name, so that browsers may keep it for ever.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha384};

use crate::html;

/// The folder of the workshop in `dist/`.
const FOLDER: &str = "workshop";

/// The import map for the pages at the top of `dist`.
pub fn of(dist: &Path) -> Result<String> {
    let folder = dist.join(FOLDER);
    let entries = folder.read_dir().with_context(|| format!("no folder {}", folder.display()))?;
    let mut names = entries.flatten().map(|it| it.file_name().to_string_lossy().into_owned());
    let name = names.find(|name| name.ends_with(".js")).context("the workshop has no script")?;
    let hash = BASE64_STANDARD.encode(Sha384::digest(fs::read(folder.join(&name))?));
    let address = format!("./{FOLDER}/{name}");
    let integrity = Map::from_iter([(address.clone(), Value::from(format!("sha384-{hash}")))]);
    Ok(json!({ "imports": { FOLDER: address }, "integrity": integrity }).to_string())
}

/// `html` with this import map before its first module, if it has one and no map yet.
pub fn insert(html: &str, map: &str) -> String {
    let tags = html::tags(html);
    let is_map = |tag: &html::Tag| tag.get("type") == Some("importmap");
    let is_module = |tag: &&html::Tag| {
        tag.get("rel") == Some("modulepreload") || tag.get("type") == Some("module")
    };
    let first = tags.iter().find(is_module).filter(|_| !tags.iter().any(is_map));
    let Some(first) = first else { return html.to_owned() };
    let (before, after) = html.split_at(first.range.start);
    format!("{before}<script type=\"importmap\">{map}</script>\n    {after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stands_before_the_first_module_and_once() {
        let page = "<head><script src=a.js></script><link rel=\"modulepreload\" href=\"b.js\">\
                    <script type=\"module\">x</script></head>";
        let with = insert(page, "{}");
        let map = "<script type=\"importmap\">{}</script>";
        assert!(with.find(map) < with.find("modulepreload") && with.find(map) > with.find("a.js"));
        assert_eq!(insert(&with, "{}"), with);
        assert_eq!(insert("<p>no script</p>", "{}"), "<p>no script</p>");
    }
}
