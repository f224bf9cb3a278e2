//! The rule table in `README.md`, between two markers.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::{rules, workspace};

const BEGIN: &str = "<!-- rules: written by `cargo xtask readme` -->\n";
const END: &str = "<!-- end of rules -->";

/// Renews the table.
pub fn run() -> Result<()> {
    let root = workspace::root()?;
    let path = root.join("README.md");
    let text = fs::read_to_string(&path).context("cannot read README.md")?;
    let fresh = with_table(&text, &table(&root)?)?;
    if fresh != text {
        fs::write(path, fresh)?;
    }
    Ok(())
}

fn with_table(text: &str, table: &str) -> Result<String> {
    let markers = "README.md has lost the markers of the rule table";
    let (before, rest) = text.split_once(BEGIN).context(markers)?;
    let (_, after) = rest.split_once(END).context(markers)?;
    Ok(format!("{before}{BEGIN}\n{table}\n{END}{after}"))
}

fn table(root: &Path) -> Result<String> {
    let mut rows = String::from("| Rule | Level | Also known as |\n|---|---|---|\n");
    let (mut count, mut off) = (0, 0);
    for rule in rules::all(root)? {
        let declared = rule.declared()?;
        count += 1;
        off += usize::from(!declared.recommended);
        let page = rule.page.strip_prefix(root).unwrap_or(&rule.page).display();
        let level = match declared.recommended {
            true => declared.level,
            false => format!("{}, off by default", declared.level),
        };
        let aliases = declared.aliases.join(", ");
        rows.push_str(&format!("| [{}]({page}) | {level} | {aliases} |\n", rule.name));
    }
    Ok(format!("There are {count}, of which {off} are off by default.\n\n{rows}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_in_the_readme_is_fresh() {
        let root = workspace::root().unwrap();
        let text = fs::read_to_string(root.join("README.md")).unwrap();
        let fresh = with_table(&text, &table(&root).unwrap()).unwrap();
        assert!(fresh == text, "README.md is out of date; run `cargo xtask readme`");
    }

    #[test]
    fn replaces_only_what_is_between_the_markers() {
        let text = format!("a\n{BEGIN}old\n{END}\nb\n");
        assert_eq!(with_table(&text, "new\n").unwrap(), format!("a\n{BEGIN}\nnew\n\n{END}\nb\n"));
        assert!(with_table("a", "new").is_err());
    }
}
