//! Statements with figures that no table of the catalogue holds: `guide/claims.toml`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::figure::Figure;

/// The table, from the root.
const FILE: &str = "guide/claims.toml";

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    says: String,
    #[serde(default)]
    claimed: bool,
    source: String,
}

/// The table by name.
#[derive(Debug, Clone, Default)]
pub struct Claims(BTreeMap<String, Claim>);

impl Claims {
    /// Reads the table.
    pub fn read(root: &Path) -> Result<Self> {
        let text = fs::read_to_string(root.join(FILE)).with_context(|| format!("no {FILE}"))?;
        toml::from_str(&text).map(Self).with_context(|| format!("in {FILE}"))
    }

    /// The statement of that name as a figure.
    pub fn get(&self, name: &str) -> Result<Figure> {
        let claim = self.0.get(name).with_context(|| format!("no claim `{name}` in {FILE}"))?;
        let origin = if claim.claimed { "claimed, not measured here: " } else { "" };
        Ok(Figure { shown: claim.says.clone(), note: format!("{origin}{}", claim.source) })
    }

    /// The names of all.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}
