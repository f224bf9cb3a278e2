//! Renders the rule pages for the guide panel, one JSON file per rule, and the table of error
//! messages for the panel that explains them.
//!
//! JSON and not HTML, because the page forbids itself to turn text into markup (Trusted Types, no
//! `innerHTML`): the guide panel builds each element from a closed set of tags. A file holds
//! `{"title": "untagged-base", "blocks": [node, ...]}`. A node is a string, or
//! `["tag", {attributes}, ...nodes]`; see [`tree`] for the tags.
//!
//! Trunk calls this as its pre_build hook and copies the folder into `dist/pages/`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};

use crate::rules::{self, RuleFile};
use crate::workspace;

#[path = "../../../engine/build/messages.rs"]
mod messages;
mod tree;

/// The rendered pages, from the root. `index.html` names the folder, so it is not the target
/// folder that cargo uses when that was moved.
const OUTPUT: &str = "target/pages/rules";
/// The table of messages as the page fetches it, beside the folder of the rules.
const MESSAGES: &str = "target/pages/messages.txt";

/// Writes the table of messages, every rule page and removes those whose rule is gone.
pub fn run() -> Result<()> {
    let root = workspace::root()?;
    let output = root.join(OUTPUT);
    fs::create_dir_all(&output)?;
    let pages = rules::all(&root)?;
    for page in &pages {
        let json = render(page)?.to_string();
        let path = output.join(format!("{}.json", page.name));
        write(&path, &json)?;
    }
    let table = fs::read_to_string(root.join("crates/engine/data/messages.toml"))?;
    let table = messages::compact(&table).map_err(|error| anyhow!("messages.toml: {error}"))?;
    write(&root.join(MESSAGES), &table)?;
    for entry in output.read_dir()?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !pages.iter().any(|page| name == format!("{}.json", page.name)) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// An unchanged file keeps its time, so that nothing is built again for it.
fn write(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text)?;
    }
    Ok(())
}

fn render(rule: &RuleFile) -> Result<serde_json::Value> {
    let text = fs::read_to_string(&rule.page)?;
    tree::render(&rule.name, &text).with_context(|| format!("in {}", rule.page.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_page_renders_and_links_to_rules_that_exist() {
        let root = workspace::root().unwrap();
        let pages = rules::all(&root).unwrap();
        for page in &pages {
            let json = render(page).unwrap().to_string();
            for link in json.split("\"#rule/").skip(1) {
                let name = link.split('"').next().unwrap();
                let exists = pages.iter().any(|page| page.name == name);
                assert!(exists, "{} links to `{name}`, which is no rule", page.page.display());
            }
        }
    }
}
