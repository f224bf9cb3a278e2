//! The lessons that ship, as the page fetches them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use engine::lesson::{Lesson, Message, parse, to_json};

/// The folder of the lessons, from the root.
pub const FOLDER: &str = "lessons";

/// A lesson that ships.
pub struct Shipped {
    /// Its name in addresses.
    pub name: String,
    /// What it says.
    pub lesson: Lesson,
    /// All of it, as the page reads it.
    pub json: String,
}

/// All lessons in the order of their numbers.
pub fn all(root: &Path) -> Result<Vec<Shipped>> {
    let folder = root.join(FOLDER);
    let entries = folder.read_dir().with_context(|| format!("no folder {}", folder.display()))?;
    let mut texts = BTreeMap::new();
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        texts.insert(name, fs::read_to_string(entry.path())?);
    }
    texts.into_iter().map(|(file, text)| read(&file, &text)).collect()
}

fn read(file: &str, text: &str) -> Result<Shipped> {
    let name = file.strip_suffix(".md").and_then(|stem| Some(stem.split_once('-')?.1));
    let name = name.with_context(|| format!("a lesson is not named `{file}` but `NN-name.md`"))?;
    let is_rule = |name: &str| engine::rules::find(name).is_some();
    match (parse(text, &is_rule), to_json(text, &is_rule)) {
        (Ok(lesson), Ok(json)) => Ok(Shipped { name: name.to_owned(), lesson, json }),
        (Err(told), _) | (_, Err(told)) => {
            let lines = told.iter().map(|Message { line, text }| format!("{file}:{line}: {text}"));
            bail!(lines.collect::<Vec<_>>().join("\n"))
        }
    }
}
