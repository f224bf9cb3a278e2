//! The front matter of a lesson: as much of TOML as it needs. Strings, natural numbers, lists of
//! strings, and one table.

use super::parse::Message;

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A string.
    Text(String),
    /// A natural number.
    Number(u64),
    /// A list of strings, each with its line.
    List(Vec<(u32, String)>),
}

/// One `key = value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its line in the file, from 1.
    pub line: u32,
    /// The table that it stands in; empty for none.
    pub table: String,
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: Value,
}

/// The entries of `text`, whose first line is `line` of its file. What cannot be read is told, and
/// the next line is read all the same.
pub fn read(text: &str, line: u32, messages: &mut Vec<Message>) -> Vec<Entry> {
    let mut reader = Reader { rest: text, line };
    let (mut entries, mut table) = (Vec::new(), String::new());
    loop {
        reader.skip(true);
        let line = reader.line;
        if reader.rest.is_empty() {
            return entries;
        }
        let told = if reader.eat('[') {
            table = reader.word().to_owned();
            if reader.eat(']') { Ok(()) } else { Err("a table is named as in `[solved]`") }
        } else {
            reader.entry(&table).map(|entry| entries.push(Entry { line, ..entry }))
        };
        let told = told.and_then(|()| reader.end());
        if let Err(text) = told {
            messages.push(Message { line: reader.line, text: text.to_owned() });
            reader.skip_line();
        }
    }
}

const STRING: &str = "a string stands on one line between quotes, as in \"this\"";

struct Reader<'a> {
    rest: &'a str,
    line: u32,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let char = chars.next()?;
        self.rest = chars.as_str();
        self.line += u32::from(char == '\n');
        Some(char)
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.rest.starts_with(wanted);
        if found {
            self.next();
        }
        found
    }

    /// The longest beginning of such characters.
    fn take(&mut self, is_part: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|char| !is_part(char)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(end).unwrap_or_default();
        self.rest = rest;
        taken
    }

    fn skip_line(&mut self) {
        self.take(|char| char != '\n');
    }

    /// Skips blanks and comments, with `lines` also the ends of lines.
    fn skip(&mut self, lines: bool) {
        loop {
            self.take(|char| matches!(char, ' ' | '\t'));
            if self.rest.starts_with('#') {
                self.skip_line();
            }
            if !(lines && self.eat('\n')) {
                return;
            }
        }
    }

    fn end(&mut self) -> Result<(), &'static str> {
        self.skip(false);
        let is_end = self.rest.is_empty() || self.rest.starts_with('\n');
        if is_end { Ok(()) } else { Err("there is something behind the value") }
    }

    fn word(&mut self) -> &'a str {
        self.take(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_'))
    }

    fn entry(&mut self, table: &str) -> Result<Entry, &'static str> {
        let key = self.word().to_owned();
        self.skip(false);
        if key.is_empty() || !self.eat('=') {
            return Err("front matter consists of lines `key = value`");
        }
        self.skip(false);
        let value = self.value()?;
        Ok(Entry { line: self.line, table: table.to_owned(), key, value })
    }

    fn value(&mut self) -> Result<Value, &'static str> {
        if self.eat('[') {
            return self.list().map(Value::List);
        }
        if self.rest.starts_with(['"', '\'']) {
            return self.string().map(Value::Text);
        }
        let digits = self.take(|char| char.is_ascii_digit());
        let number = digits.parse().map(Value::Number);
        number.map_err(|_| "a value is a string, a whole number, or a list of strings")
    }

    fn list(&mut self) -> Result<Vec<(u32, String)>, &'static str> {
        let mut list = Vec::new();
        loop {
            self.skip(true);
            if self.eat(']') {
                return Ok(list);
            }
            let line = self.line;
            list.push((line, self.string()?));
            self.skip(true);
            if !self.eat(',') && !self.rest.starts_with(']') {
                return Err("a list is written as in [\"one\", \"two\"]");
            }
        }
    }

    fn string(&mut self) -> Result<String, &'static str> {
        let quote = if self.eat('\'') { '\'' } else { '"' };
        if quote == '"' && !self.eat('"') {
            return Err(STRING);
        }
        let mut text = String::new();
        loop {
            if self.rest.starts_with('\n') {
                return Err(STRING);
            }
            match self.next().ok_or(STRING)? {
                end if end == quote => return Ok(text),
                '\\' if quote == '"' => text.push(match self.next() {
                    Some('n') => '\n',
                    Some('t') => '\t',
                    Some(char @ ('"' | '\\')) => char,
                    _ => return Err("behind a backslash stands one of \" \\ n t"),
                }),
                char => text.push(char),
            }
        }
    }
}
