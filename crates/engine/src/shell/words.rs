//! Words of shell text: quotes, escapes and expansions.

use super::reader::{MAX_NESTING, Reader};
use super::{ShellVariable, ShellWord};
use crate::text::Text;

impl Reader<'_> {
    /// Reads one word; an empty one where a sign stands.
    pub(super) fn word(&mut self) -> ShellWord {
        let start = self.position;
        // All signs are ASCII, so that bytes will do.
        let special = |byte: u8| {
            matches!(byte, b'\\' | b'\'' | b'"' | b'$' | b'`') || is_end(char::from(byte))
        };
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        self.position += rest.iter().position(|byte| special(*byte)).unwrap_or(rest.len());
        if self.peek().is_none_or(|ch| self.ends_word(ch)) {
            let range = start as u32..self.position as u32;
            return ShellWord {
                text: self.shared.slice(&range),
                span: self.span(start),
                literal: true,
            };
        }
        // A word inside of this one finds no buffer and makes its own.
        let mut text = std::mem::take(&mut self.buffer);
        text.push_str(self.text.get(start..self.position).unwrap_or_default());
        let mut literal = true;
        while let Some(ch) = self.peek().filter(|ch| !self.ends_word(*ch)) {
            match ch {
                '\\' => {
                    self.next();
                    match self.next() {
                        Some('\n') | None => {}
                        Some('\r') if self.eat("\n") => {}
                        Some(escaped) => text.push(escaped),
                    }
                }
                '\'' => self.single_quoted(&mut text),
                '"' => literal &= self.double_quoted(&mut text),
                '$' | '`' => literal &= self.expansion(&mut text),
                _ => {
                    self.next();
                    text.push(ch);
                }
            }
        }
        let word = ShellWord { text: self.cut(start, &text), span: self.span(start), literal };
        text.clear();
        self.buffer = text;
        word
    }

    /// What the word that starts at `start` says: a part of the text where it stands there letter for
    /// letter, maybe in quotes, as most words do.
    fn cut(&self, start: usize, says: &str) -> Text {
        let (start, end) = (start as u32, self.position as u32);
        let places = [start..end, start + 1..end - 1];
        let found = places.iter().map(|place| self.shared.slice(place)).find(|text| text == says);
        found.unwrap_or_else(|| Text::from(says))
    }

    /// Whether a character ends a word; inside of backticks, a backtick does too.
    fn ends_word(&self, ch: char) -> bool {
        is_end(ch) || (ch == '`' && self.backticks)
    }

    fn single_quoted(&mut self, text: &mut String) {
        self.next();
        let end = self.rest().find('\'');
        let length = end.unwrap_or(self.rest().len());
        text.push_str(self.rest().get(..length).unwrap_or_default());
        self.position += length;
        self.next();
        self.whole &= end.is_some();
    }

    /// `"..."`; returns whether nothing in it is expanded.
    fn double_quoted(&mut self, text: &mut String) -> bool {
        let mut literal = true;
        self.next();
        while let Some(ch) = self.peek() {
            match ch {
                '"' => {
                    self.next();
                    return literal;
                }
                '\\' => {
                    self.next();
                    match self.next() {
                        Some('\n') | None => {}
                        Some(escaped @ ('"' | '\\' | '$' | '`')) => text.push(escaped),
                        Some(other) => text.extend(['\\', other]),
                    }
                }
                '`' if self.backticks => break,
                '$' | '`' => literal &= self.expansion(text),
                _ => {
                    let special = |byte: &u8| matches!(byte, b'"' | b'\\' | b'$' | b'`');
                    let rest = self.rest();
                    let length = rest.as_bytes().iter().position(special).unwrap_or(rest.len());
                    text.push_str(rest.get(..length).unwrap_or_default());
                    self.position += length;
                }
            }
        }
        self.whole = false;
        literal
    }

    /// `$x`, `${...}`, `$(...)`, `$((...))` or backticks, kept as written; returns false if it is
    /// one of them, and true for a lone `$`.
    fn expansion(&mut self, text: &mut String) -> bool {
        let start = self.position;
        if self.nesting >= MAX_NESTING {
            text.extend(self.next());
            return false;
        }
        self.nesting += 1;
        if self.eat("`") {
            self.nested('`', true);
        } else if self.eat("$(") {
            if self.rest().starts_with('(') && self.is_arithmetic() {
                self.next();
                self.arithmetic();
            } else {
                self.nested(')', true);
            }
        } else if self.eat("${") {
            self.braces();
        } else if self.eat("$'") {
            self.escaped_quotes();
        } else {
            self.next();
            let name = |ch: char| !ch.is_ascii_alphanumeric() && ch != '_';
            let length = self.rest().find(name).unwrap_or(self.rest().len());
            let special = |ch: char| "@*#?-$!".contains(ch);
            self.position += match self.peek() {
                Some(ch) if length == 0 && special(ch) => 1,
                _ => length,
            };
        }
        self.nesting -= 1;
        self.variable(start);
        text.push_str(self.text.get(start..self.position).unwrap_or_default());
        self.position == start + 1
    }

    /// Takes note of the variable in the expansion that starts at `start`, if there is one.
    fn variable(&mut self, start: usize) {
        let text = self.text.get(start..self.position).unwrap_or_default();
        let skipped = if text.starts_with("${") { 2 } else { 1 };
        let rest = text.get(skipped..).filter(|_| text.starts_with('$')).unwrap_or_default();
        let other = |ch: char| !ch.is_ascii_alphanumeric() && ch != '_';
        let length = rest.find(other).unwrap_or(rest.len());
        if length > 0 && !rest.starts_with(|ch: char| ch.is_ascii_digit()) {
            let from = (start + skipped) as u32;
            let name = self.shared.slice(&(from..from + length as u32));
            self.variables.push(ShellVariable { name, span: self.span(start) });
        }
    }

    /// At the second `(` of `((`: whether the two are closed together. If they are never closed,
    /// they count as arithmetic, so that the text behind them is looked at only once.
    pub(super) fn is_arithmetic(&self) -> bool {
        let mut open = 0u32;
        let mut bytes = self.rest().bytes().peekable();
        while let Some(byte) = bytes.next() {
            match byte {
                b'\\' => drop(bytes.next()),
                b'(' => open += 1,
                b')' => {
                    open = open.saturating_sub(1);
                    if open == 0 {
                        return bytes.peek() == Some(&b')');
                    }
                }
                _ => {}
            }
        }
        true
    }

    /// Behind `((`: passes over everything up to `))`.
    pub(super) fn arithmetic(&mut self) {
        let mut open = 2u32;
        while let Some(ch) = self.peek() {
            match ch {
                '$' | '`' => drop(self.expansion(&mut String::new())),
                _ => {
                    self.next();
                    match ch {
                        '\\' => drop(self.next()),
                        '(' => open += 1,
                        ')' => open -= 1,
                        _ => {}
                    }
                    if open == 0 {
                        return;
                    }
                }
            }
        }
        self.whole = false;
    }

    /// Behind `${`: passes over everything up to `}`.
    fn braces(&mut self) {
        while let Some(ch) = self.peek() {
            match ch {
                '}' => {
                    self.next();
                    return;
                }
                '$' | '`' => drop(self.expansion(&mut String::new())),
                '"' => drop(self.double_quoted(&mut String::new())),
                _ => {
                    self.next();
                    if ch == '\\' {
                        self.next();
                    }
                }
            }
        }
        self.whole = false;
    }

    /// Behind `$'`: passes over everything up to the next quote without a backslash.
    fn escaped_quotes(&mut self) {
        while let Some(ch) = self.next() {
            match ch {
                '\'' => return,
                '\\' => drop(self.next()),
                _ => {}
            }
        }
        self.whole = false;
    }
}

/// Whether a character ends a word.
pub(super) const fn is_end(ch: char) -> bool {
    matches!(ch, ' ' | '\t' | '\r' | '\n' | ';' | '&' | '|' | '<' | '>' | '(' | ')')
}
