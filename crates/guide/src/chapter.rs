//! A chapter as it is written: front matter in TOML between two lines `+++`, and Markdown.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

use crate::block::{self, Block};

/// The folder of the chapters, from the root.
pub const FOLDER: &str = "guide";
const FENCE: &str = "+++\n";

/// What stands before the text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The heading.
    pub title: String,
    /// What the chapter says, in one sentence.
    pub summary: String,
    /// How long reading it takes.
    pub minutes: u32,
    /// Names of the rules that it explains; a finding of theirs leads here.
    pub rules: Vec<String>,
    /// Keys of `guide/facts.toml` that it covers.
    pub facts: Vec<String>,
    /// Slug of the chapter to go on with; left out: the next one.
    pub next: Option<String>,
}

/// A chapter.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// The file.
    pub path: PathBuf,
    /// Its place in the book.
    pub number: u32,
    /// Its name in addresses.
    pub slug: String,
    /// The front matter.
    pub head: Head,
    /// The Markdown behind it.
    pub body: String,
    /// The fenced blocks in their order.
    pub blocks: Vec<Block>,
}

/// All chapters in the order of their numbers.
pub fn all(root: &Path) -> Result<Vec<Chapter>> {
    let mut chapters = Vec::new();
    let folder = root.join(FOLDER);
    let entries = folder.read_dir().with_context(|| format!("no folder {}", folder.display()))?;
    for entry in entries.flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|ending| ending == "md") {
            chapters.push(read(&path).with_context(|| format!("in {}", path.display()))?);
        }
    }
    chapters.sort_by_key(|chapter| chapter.number);
    for pair in chapters.windows(2) {
        ensure!(pair[0].number != pair[1].number, "two chapters {}", pair[0].number);
    }
    Ok(chapters)
}

fn read(path: &Path) -> Result<Chapter> {
    let text = fs::read_to_string(path)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let Some((number, slug)) = stem.split_once('-') else {
        bail!("a chapter's file is named `NN-slug.md`");
    };
    let Some((head, body)) = text.strip_prefix(FENCE).and_then(|rest| rest.split_once(FENCE))
    else {
        bail!("a chapter begins with front matter between two lines `+++`");
    };
    let first_line = head.lines().count() + 3;
    Ok(Chapter {
        path: path.to_owned(),
        number: number.parse().context("a chapter's file begins with its number")?,
        slug: slug.to_owned(),
        head: toml::from_str(head).context("front matter")?,
        body: body.to_owned(),
        blocks: block::all(body, first_line)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_complete_and_nothing_else() {
        let head =
            "title = \"T\"\nsummary = \"S.\"\nminutes = 3\nrules = [\"no-user\"]\nfacts = []\n";
        let read: Head = toml::from_str(head).unwrap();
        assert_eq!((read.title.as_str(), read.minutes, read.next), ("T", 3, None));
        assert!(toml::from_str::<Head>(&format!("{head}author = \"x\"\n")).is_err());
        assert!(toml::from_str::<Head>("title = \"T\"").is_err());
    }
}
