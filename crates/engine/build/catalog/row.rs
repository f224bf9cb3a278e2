//! Typed access to the tables of one TOML file, with messages that name the file and the row.

use std::fs;

use toml::{Table, Value};

/// The words for how much a figure can be trusted.
pub const CONFIDENCES: [&str; 4] = ["exact", "high", "medium", "low"];

/// One parsed file of `data/`.
pub struct File {
    name: &'static str,
    table: Table,
}

/// One table of a file.
#[derive(Clone)]
pub struct Row<'a> {
    place: String,
    table: &'a Table,
}

impl File {
    /// Reads `data/<name>`.
    pub fn read(name: &'static str) -> Result<Self, String> {
        let path = format!("data/{name}");
        let text = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        let table = text.parse::<Table>().map_err(|error| format!("{path}: {error}"))?;
        Ok(Self { name, table })
    }

    /// The file's top level as a row.
    pub fn top(&self) -> Row<'_> {
        Row { place: format!("data/{}", self.name), table: &self.table }
    }

    /// The tables of `[[list]]`, each named by its `key`, which must ascend when `sorted`.
    pub fn rows(&self, list: &str, key: &str, sorted: bool) -> Result<Vec<Row<'_>>, String> {
        let top = self.top();
        let Some(Value::Array(values)) = self.table.get(list) else {
            return Err(format!("{}: no [[{list}]]", top.place));
        };
        let mut rows: Vec<Row<'_>> = Vec::new();
        let mut before = "";
        for (index, value) in values.iter().enumerate() {
            let place = format!("{}: [[{list}]] number {}", top.place, index + 1);
            let Value::Table(table) = value else { return Err(format!("{place}: not a table")) };
            let mut row = Row { place, table };
            let name = row.text(key)?;
            row.place = format!("{}: {list} {name:?}", top.place);
            if sorted && name < before {
                return Err(format!("{}: must stand before {before:?}", row.place));
            }
            before = name;
            rows.push(row);
        }
        Ok(rows)
    }
}

impl<'a> Row<'a> {
    /// An error message about this row.
    pub fn error(&self, message: &str) -> String {
        format!("{}: {message}", self.place)
    }

    /// Refuses keys that are not in `known`, so that a typo does not become a silent default.
    pub fn only(&self, known: &[&str]) -> Result<(), String> {
        match self.table.keys().find(|key| !known.contains(&key.as_str())) {
            Some(key) => Err(self.error(&format!("unknown key {key:?}; known: {known:?}"))),
            None => Ok(()),
        }
    }

    /// Whether the key is there.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Text that may be missing.
    pub fn maybe_text(&self, key: &str) -> Result<Option<&'a str>, String> {
        match self.table.get(key) {
            None => Ok(None),
            Some(Value::String(text)) if !text.trim().is_empty() => Ok(Some(text)),
            Some(_) => Err(self.error(&format!("{key} must be text that is not empty"))),
        }
    }

    /// Text that must be there.
    pub fn text(&self, key: &str) -> Result<&'a str, String> {
        self.maybe_text(key)?.ok_or_else(|| self.error(&format!("{key} is missing")))
    }

    /// A list of texts; a missing one is empty.
    pub fn texts(&self, key: &str) -> Result<Vec<&'a str>, String> {
        let Some(value) = self.table.get(key) else { return Ok(Vec::new()) };
        let wrong = || self.error(&format!("{key} must be a list of texts"));
        let Value::Array(values) = value else { return Err(wrong()) };
        values.iter().map(|value| value.as_str().ok_or_else(wrong)).collect()
    }

    /// A list of pairs of a number and a text.
    pub fn pairs(&self, key: &str) -> Result<Vec<(u32, &'a str)>, String> {
        let wrong = || self.error(&format!("{key} must be a list of pairs of a number and a text"));
        let Some(Value::Array(values)) = self.table.get(key) else { return Err(wrong()) };
        let pair = |value: &'a Value| {
            let [number, text] = value.as_array()?.as_slice() else { return None };
            Some((u32::try_from(number.as_integer()?).ok()?, text.as_str()?))
        };
        values.iter().map(|value| pair(value).ok_or_else(wrong)).collect()
    }

    /// True, false, or not said.
    pub fn maybe_flag(&self, key: &str) -> Result<Option<bool>, String> {
        match self.table.get(key) {
            None => Ok(None),
            Some(Value::Boolean(flag)) => Ok(Some(*flag)),
            Some(_) => Err(self.error(&format!("{key} must be true or false"))),
        }
    }

    /// True where the row says so.
    pub fn flag(&self, key: &str) -> Result<bool, String> {
        Ok(self.maybe_flag(key)?.unwrap_or(false))
    }

    /// A number of 32 bits that may be missing.
    pub fn maybe_number(&self, key: &str) -> Result<Option<u32>, String> {
        match self.table.get(key) {
            None => Ok(None),
            Some(Value::Integer(number)) => u32::try_from(*number)
                .map(Some)
                .map_err(|_| self.error(&format!("{key} = {number} is out of range"))),
            Some(_) => Err(self.error(&format!("{key} must be a number"))),
        }
    }

    /// A number of 32 bits that must be there.
    pub fn number(&self, key: &str) -> Result<u32, String> {
        self.maybe_number(key)?.ok_or_else(|| self.error(&format!("{key} is missing")))
    }

    /// A table inside this one.
    pub fn inner(&self, key: &str) -> Result<Option<Row<'a>>, String> {
        match self.table.get(key) {
            None => Ok(None),
            Some(Value::Table(table)) => {
                Ok(Some(Row { place: format!("{}: {key}", self.place), table }))
            }
            Some(_) => Err(self.error(&format!("{key} must be a table"))),
        }
    }

    /// The tables of a list inside this one; a missing one is empty.
    pub fn inner_rows(&self, key: &str) -> Result<Vec<Row<'a>>, String> {
        let Some(value) = self.table.get(key) else { return Ok(Vec::new()) };
        let wrong = || self.error(&format!("{key} must be a list of tables"));
        let Value::Array(values) = value else { return Err(wrong()) };
        let mut rows = Vec::new();
        for (index, value) in values.iter().enumerate() {
            let Value::Table(table) = value else { return Err(wrong()) };
            rows.push(Row { place: format!("{}: {key} {}", self.place, index + 1), table });
        }
        Ok(rows)
    }

    /// The keys of this table.
    pub fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.table.keys().map(String::as_str)
    }

    /// One of the words, as the name of a variant of `kind`.
    pub fn variant(&self, key: &str, kind: &str, words: &[&str]) -> Result<String, String> {
        let word = self.text(key)?;
        if !words.contains(&word) {
            return Err(self.error(&format!("{key} = {word:?} is none of {words:?}")));
        }
        Ok(format!("{kind}::{}", camel(word)))
    }

    /// The place of the row's word among those that are known.
    pub fn place(&self, key: &str, words: &[&str]) -> Result<String, String> {
        let word = self.text(key)?;
        match words.iter().position(|known| *known == word) {
            Some(place) => Ok(place.to_string()),
            None => Err(self.error(&format!("{key} = {word:?} is none of {words:?}"))),
        }
    }

    /// The place of the row's confidence among [`CONFIDENCES`].
    pub fn confidence(&self) -> Result<String, String> {
        self.place("confidence", &CONFIDENCES)
    }

    /// The row's date: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, not after `latest`.
    pub fn maybe_date(&self, latest: &str) -> Result<Option<&'a str>, String> {
        let Some(date) = self.maybe_text("date")? else { return Ok(None) };
        let shape: String =
            date.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        if !["0000", "0000-00", "0000-00-00"].contains(&shape.as_str()) {
            return Err(self.error(&format!("date {date:?} is not YYYY, YYYY-MM or YYYY-MM-DD")));
        }
        if date > latest {
            return Err(self.error(&format!("date {date} lies after {latest}")));
        }
        Ok(Some(date))
    }

    /// Three numbers that ascend: low, likely, high.
    pub fn range(&self) -> Result<[u32; 3], String> {
        let [low, likely, high] =
            [self.number("low")?, self.number("likely")?, self.number("high")?];
        if low > likely || likely > high {
            return Err(self.error("low, likely and high must ascend"));
        }
        Ok([low, likely, high])
    }
}

/// `go-binary` to `GoBinary`.
pub fn camel(word: &str) -> String {
    word.split('-')
        .flat_map(|part| {
            let mut letters = part.chars();
            letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters)
        })
        .collect()
}

/// `go-binary` to `GO_BINARY`.
pub fn upper(word: &str) -> String {
    word.chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' })
        .collect()
}
