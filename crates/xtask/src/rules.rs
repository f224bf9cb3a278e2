//! What the sources of the rules say of themselves, read as text.
//!
//! xtask does not link the engine: it must work while the engine does not compile. The engine's
//! build script checks that the fields are there and true.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folder of the rules, from the root.
pub const FOLDER: &str = "crates/engine/src/rules";

/// A rule: `<area>/<name>.rs`, with its page `<name>.md` beside it.
pub struct RuleFile {
    /// The area, which is the folder's name.
    pub area: String,
    /// The rule's name: the file name with hyphens.
    pub name: String,
    /// The page.
    pub page: PathBuf,
}

/// What a rule declares.
pub struct Declared {
    /// What peers call it, such as `hadolint:DL3006`.
    pub aliases: Vec<String>,
    /// The level in lower case.
    pub level: String,
    /// Whether it is on unless the settings say otherwise.
    pub recommended: bool,
}

/// All rules that have a page, sorted by area and name.
pub fn all(root: &Path) -> Result<Vec<RuleFile>> {
    let mut rules = Vec::new();
    let Ok(areas) = root.join(FOLDER).read_dir() else {
        return Ok(rules);
    };
    for area in areas.flatten().filter(|entry| entry.path().is_dir()) {
        for file in area.path().read_dir()?.flatten() {
            let page = file.path();
            if page.extension().is_some_and(|ending| ending == "md") {
                let name = page.file_stem().unwrap_or_default().to_string_lossy().replace('_', "-");
                let area = area.file_name().to_string_lossy().into_owned();
                rules.push(RuleFile { area, name, page });
            }
        }
    }
    rules.sort_by(|a, b| (&a.area, &a.name).cmp(&(&b.area, &b.name)));
    Ok(rules)
}

impl RuleFile {
    /// Reads the `.rs` beside the page.
    pub fn declared(&self) -> Result<Declared> {
        let path = self.page.with_extension("rs");
        let text = fs::read_to_string(&path).with_context(|| format!("{}", path.display()))?;
        declared(&text).with_context(|| format!("{}: a field of RULE is missing", path.display()))
    }
}

fn declared(source: &str) -> Option<Declared> {
    let field = |before: &str, after: &str| {
        let (_, rest) = source.split_once(before)?;
        rest.split_once(after).map(|(value, _)| value.trim())
    };
    let aliases = field("aliases: &[", "]")?;
    Some(Declared {
        aliases: aliases.split('"').skip(1).step_by(2).map(str::to_owned).collect(),
        level: field("level: Level::", ",")?.to_lowercase(),
        recommended: field("recommended: ", ",")? == "true",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_a_rule_declares() {
        let rule = declared(
            "pub const RULE: Rule = Rule {\n    name: \"untagged-base\",\n    aliases: &[\n        \
             \"hadolint:DL3006\",\n        \"tally:x\",\n    ],\n    area: Area::From,\n    \
             level: Level::Warning,\n    recommended: true,\n",
        )
        .unwrap();
        assert_eq!(rule.aliases, ["hadolint:DL3006", "tally:x"]);
        assert_eq!(rule.level, "warning");
        assert!(rule.recommended);
        assert!(declared("fn main() {}").is_none());
    }
}
