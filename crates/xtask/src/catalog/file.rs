//! Rows of a TOML file that know their line.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use toml_edit::{Document, Item, TableLike};

/// One file of the catalogue.
pub struct File {
    /// Its name, as in `bases.toml`.
    pub name: &'static str,
    document: Document<String>,
}

/// One table of it.
#[derive(Clone, Copy)]
pub struct Row<'f> {
    table: &'f dyn TableLike,
    /// The line on which it starts, from 1.
    pub line: usize,
}

impl File {
    /// Reads and parses `data/name`.
    pub fn read(data: &Path, name: &'static str) -> Result<Self> {
        let path = data.join(name);
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        Self::parse(name, text)
    }

    /// Parses a text.
    pub fn parse(name: &'static str, text: String) -> Result<Self> {
        Ok(Self { name, document: Document::parse(text).with_context(|| name.to_owned())? })
    }

    /// The keys at the top of the file.
    pub fn top(&self) -> Row<'_> {
        Row { table: self.document.as_table(), line: 1 }
    }

    /// The tables of `[[list]]`.
    pub fn rows(&self, list: &str) -> Vec<Row<'_>> {
        let tables = self.document.get(list).and_then(Item::as_array_of_tables);
        let row =
            |table: &'_ toml_edit::Table| table.span().map_or(1, |span| self.line(span.start));
        tables
            .into_iter()
            .flat_map(|tables| tables.iter())
            .map(|table| Row { table, line: row(table) })
            .collect()
    }

    fn line(&self, offset: usize) -> usize {
        let before = self.document.raw().get(..offset).unwrap_or_default();
        before.matches('\n').count() + 1
    }
}

impl<'f> Row<'f> {
    /// Text; empty where there is none.
    pub fn text(self, key: &str) -> &'f str {
        self.table.get(key).and_then(Item::as_str).unwrap_or_default()
    }

    /// A number of bytes, or by thousand.
    pub fn number(self, key: &str) -> Option<f64> {
        let number = self.table.get(key).and_then(Item::as_integer)?;
        // The figures are far below the 53 bits that are exact.
        #[expect(clippy::cast_precision_loss, reason = "bytes of files")]
        Some(number as f64)
    }

    /// Whether the key is there.
    pub fn has(self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Whether the flag is set.
    pub fn flag(self, key: &str) -> bool {
        self.table.get(key).and_then(Item::as_bool).unwrap_or(false)
    }

    /// A list of texts.
    pub fn texts(self, key: &str) -> Vec<&'f str> {
        let list = self.table.get(key).and_then(Item::as_array);
        list.into_iter().flat_map(|list| list.iter()).filter_map(toml_edit::Value::as_str).collect()
    }

    /// A table inside.
    pub fn inner(self, key: &str) -> Option<Self> {
        let table = self.table.get(key).and_then(Item::as_table_like)?;
        Some(Row { table, line: self.line })
    }

    /// The tables of an array inside.
    pub fn inners(self, key: &str) -> Vec<Self> {
        let list = self.table.get(key).and_then(Item::as_array);
        let tables = list.into_iter().flat_map(|list| list.iter());
        tables
            .filter_map(toml_edit::Value::as_inline_table)
            .map(|table| Row { table, line: self.line })
            .collect()
    }
}
