//! The pages of the rules, which lie beside their sources.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use engine::rules::{self, Rule};

use crate::tree::{self, Page};

/// The folder of the rules, from the root.
const FOLDER: &str = "crates/engine/src/rules";

/// The page of a rule.
pub struct RulePage {
    /// The rule.
    pub rule: &'static Rule,
    /// Its page, rendered.
    pub page: Page,
}

/// All pages, in the order of the rules.
pub fn all(root: &Path) -> Result<Vec<RulePage>> {
    rules::all().iter().map(|rule| read(root, rule)).collect()
}

fn read(root: &Path, rule: &'static Rule) -> Result<RulePage> {
    let path = path(root, rule);
    let text = fs::read_to_string(&path).with_context(|| format!("no {}", path.display()))?;
    let page = tree::render(&text).with_context(|| format!("in {}", path.display()))?;
    Ok(RulePage { rule, page })
}

fn path(root: &Path, rule: &Rule) -> PathBuf {
    let name = rule.name.replace('-', "_") + ".md";
    root.join(FOLDER).join(rule.area.name()).join(name)
}
