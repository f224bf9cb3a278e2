//! What the guide has to cover: `guide/facts.toml`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

/// The table, from the root.
pub const FILE: &str = "guide/facts.toml";

/// One fact. Its key is section and number, as in `2.3`; a chapter names it in its front matter.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// What is the case, in a few words.
    pub fact: String,
    /// Slug of the chapter that covers it.
    pub chapter: String,
    /// Where many guides say otherwise: what shows that they are wrong.
    pub corrected: Option<String>,
}

/// The table by key.
pub fn all(root: &Path) -> Result<BTreeMap<String, Fact>> {
    let text = fs::read_to_string(root.join(FILE)).with_context(|| format!("no {FILE}"))?;
    toml::from_str(&text).with_context(|| format!("in {FILE}"))
}
