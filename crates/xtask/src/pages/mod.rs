//! Renders the rule pages for the guide panel, one JSON file per rule.
//!
//! JSON and not HTML, because the page forbids itself to turn text into markup (Trusted Types, no
//! `innerHTML`): the guide panel builds each element from a closed set of tags. A file holds
//! `{"title": "untagged-base", "blocks": [node, ...]}`. A node is a string, or
//! `["tag", {attributes}, ...nodes]`; see [`tree`] for the tags.
//!
//! Trunk calls this as its pre_build hook and copies the folder into `dist/pages/`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::workspace;

mod tree;

/// The sources of the rule pages, from the root.
pub const RULES: &str = "crates/engine/src/rules";

/// The rendered pages, from the root. `index.html` names the folder, so it is not the target
/// folder that cargo uses when that was moved.
const OUTPUT: &str = "target/pages/rules";

/// A Markdown page of a rule.
pub struct RulePage {
    /// The area, which is the folder's name.
    pub area: String,
    /// The rule's name: the file name with hyphens.
    pub name: String,
    /// The Markdown file.
    pub path: PathBuf,
}

/// Writes every rule page and removes those whose rule is gone.
pub fn run() -> Result<()> {
    let root = workspace::root()?;
    let output = root.join(OUTPUT);
    fs::create_dir_all(&output)?;
    let pages = rule_pages(&root)?;
    for page in &pages {
        let json = render(page)?.to_string();
        let path = output.join(format!("{}.json", page.name));
        // An unchanged file keeps its time, so that nothing is built again for it.
        if fs::read_to_string(&path).ok().as_deref() != Some(&json) {
            fs::write(path, json)?;
        }
    }
    for entry in output.read_dir()?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !pages.iter().any(|page| name == format!("{}.json", page.name)) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// The rule pages, sorted by area and name.
pub fn rule_pages(root: &Path) -> Result<Vec<RulePage>> {
    let mut pages = Vec::new();
    let Ok(areas) = root.join(RULES).read_dir() else {
        return Ok(pages);
    };
    for area in areas.flatten().filter(|entry| entry.path().is_dir()) {
        for file in area.path().read_dir()?.flatten() {
            let path = file.path();
            if path.extension().is_some_and(|ending| ending == "md") {
                let stem = path.file_stem().unwrap_or_default().to_string_lossy().replace('_', "-");
                let area = area.file_name().to_string_lossy().into_owned();
                pages.push(RulePage { area, name: stem, path });
            }
        }
    }
    pages.sort_by(|a, b| (&a.area, &a.name).cmp(&(&b.area, &b.name)));
    Ok(pages)
}

fn render(page: &RulePage) -> Result<serde_json::Value> {
    let text = fs::read_to_string(&page.path)?;
    tree::render(&page.name, &text).with_context(|| format!("in {}", page.path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_page_renders_and_links_to_rules_that_exist() {
        let root = workspace::root().unwrap();
        let pages = rule_pages(&root).unwrap();
        for page in &pages {
            let json = render(page).unwrap().to_string();
            for link in json.split("\"#rule/").skip(1) {
                let name = link.split('"').next().unwrap();
                let exists = pages.iter().any(|page| page.name == name);
                assert!(exists, "{} links to `{name}`, which is no rule", page.path.display());
            }
        }
    }
}
