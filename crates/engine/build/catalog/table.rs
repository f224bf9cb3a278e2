//! Tables as text: the form in which the larger ones are shipped.
//!
//! A static of structs is padding and pointers for the most part, and those compress badly. As
//! text, column by column, the catalogue is a quarter of that to load.

use super::row::camel;

/// A table that is written column by column.
pub struct Table<const N: usize> {
    name: &'static str,
    rows: Vec<[String; N]>,
}

impl<const N: usize> Table<N> {
    /// An empty table with the name of its constant.
    pub const fn new(name: &'static str) -> Self {
        Self { name, rows: Vec::new() }
    }

    /// Adds a row.
    pub fn push(&mut self, row: [String; N]) -> Result<(), String> {
        match row.iter().find(|cell| cell.contains(['\t', '\n'])) {
            Some(cell) => Err(format!("{}: {cell:?} has a tab or a line break", self.name)),
            None => {
                self.rows.push(row);
                Ok(())
            }
        }
    }

    /// The constant: a line for each column, with tabs between its cells, and the number of rows.
    pub fn write(&self) -> String {
        let mut columns = Vec::new();
        for column in 0..N {
            let cells: Vec<&str> =
                self.rows.iter().filter_map(|row| row.get(column)).map(String::as_str).collect();
            columns.push(cells.join("\t"));
        }
        let (name, count) = (self.name, self.rows.len());
        format!("pub const {name}: (&str, usize) = ({:?}, {count});\n", columns.join("\n"))
    }
}

/// The variants of an enum in the order of `words`, for cells that hold the place of a word.
pub fn variants(name: &str, kind: &str, words: &[&str]) -> String {
    let list: Vec<String> = words.iter().map(|word| format!("{kind}::{}", camel(word))).collect();
    format!("pub static {name}: [{kind}; {}] = [{}];\n", list.len(), list.join(", "))
}

/// A cell that is empty where there is nothing.
pub fn maybe<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
