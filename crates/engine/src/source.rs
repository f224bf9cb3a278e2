//! The user's text: spans into it, and the way from byte offsets to lines and columns.
//!
//! Everything inside the engine is a byte offset. Lines, columns and UTF-16 offsets exist only at
//! the edge, where a person or an editor reads them.

use crate::bytes;

/// A half-open range of bytes in the user's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to, but not including, `end` (both in bytes).
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The empty span at one place, as an insertion needs it.
    pub const fn at(offset: u32) -> Self {
        Self { start: offset, end: offset }
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether no byte lies inside.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `offset` lies inside or directly at the end.
    pub const fn touches(self, offset: u32) -> bool {
        self.start <= offset && offset <= self.end
    }

    /// Whether all of `other` lies inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The text of this span; empty where the span does not fit `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// A place as people and editors count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Byte offset from 0.
    pub offset: u32,
    /// Line from 1.
    pub line: u32,
    /// Column from 1, in characters (Unicode scalar values).
    pub column: u32,
}

/// Where each line of a text starts.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// How many characters start before each block of [`BLOCK`] bytes, so that a column on a line
    /// of a megabyte costs no more than one on a short line.
    characters: Vec<u32>,
}

const BLOCK: usize = 1024;

/// Number of characters that start in `bytes`: all bytes but the continuations of UTF-8.
fn characters(bytes: &[u8]) -> u32 {
    if bytes.is_ascii() {
        return bytes.len() as u32;
    }
    bytes.iter().filter(|byte| (**byte & 0xc0) != 0x80).count() as u32
}

impl LineIndex {
    /// Finds the lines of `text`. Only `\n` ends a line, as in BuildKit.
    pub fn new(text: &str) -> Self {
        let mut starts = Vec::with_capacity(text.len() / 32 + 1);
        starts.push(0);
        starts.extend(bytes::positions(text, b'\n').map(|at| at as u32 + 1));
        let blocks = text.as_bytes().chunks(BLOCK).scan(0, |count, block| {
            let before = *count;
            *count += characters(block);
            Some(before)
        });
        Self { starts, characters: blocks.collect() }
    }

    /// The line, from 1, that holds the byte at `offset`.
    pub fn line(&self, offset: u32) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX)
    }

    /// Number of lines; a text that ends in a newline has an empty last one.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Never true: even an empty text has one line.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The byte before the end of each line but the last, of all that have one.
    pub(crate) fn last_bytes<'t>(&'t self, text: &'t str) -> impl Iterator<Item = &'t u8> {
        let ends = self.starts.iter().filter_map(|start| start.checked_sub(2));
        ends.filter_map(|at| text.as_bytes().get(at as usize))
    }

    /// The byte offset at which `line` (from 1) starts; past the end, the start of the last line.
    pub fn line_start(&self, line: u32) -> u32 {
        let index = (line.max(1) as usize - 1).min(self.starts.len().saturating_sub(1));
        self.starts.get(index).copied().unwrap_or_default()
    }

    /// The position of `offset` in `text`, which must be the text that the index was made of.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let line = self.line(offset);
        let before = self.characters_before(text, offset);
        let column = before.saturating_sub(self.characters_before(text, self.line_start(line))) + 1;
        Position { offset, line, column }
    }

    fn characters_before(&self, text: &str, offset: u32) -> u32 {
        let block = (offset as usize / BLOCK).min(self.characters.len().saturating_sub(1));
        let rest = text.as_bytes().get(block * BLOCK..offset as usize).unwrap_or_default();
        self.characters.get(block).copied().unwrap_or_default() + characters(rest)
    }
}

/// Translates byte offsets to UTF-16 offsets, as browsers count them, in one pass over the text.
///
/// Offsets must be asked for in ascending order; that keeps the translation of a whole report
/// linear in the text.
#[derive(Debug, Clone)]
pub struct Utf16Cursor<'a> {
    rest: std::str::CharIndices<'a>,
    utf16: u32,
}

impl<'a> Utf16Cursor<'a> {
    /// Starts at the beginning of `text`.
    pub fn new(text: &'a str) -> Self {
        Self { rest: text.char_indices(), utf16: 0 }
    }

    /// The UTF-16 offset of the byte at `offset`.
    pub fn to_utf16(&mut self, offset: u32) -> u32 {
        while self.rest.offset() < offset as usize {
            match self.rest.next() {
                Some((_, ch)) => self.utf16 += ch.len_utf16() as u32,
                None => break,
            }
        }
        self.utf16
    }
}

/// The byte offset in `text` of a UTF-16 offset; past the end, the length of the text.
pub fn byte_offset_of_utf16(text: &str, utf16: u32) -> u32 {
    let mut seen = 0;
    for (offset, ch) in text.char_indices() {
        if seen >= utf16 {
            return offset as u32;
        }
        seen += ch.len_utf16() as u32;
    }
    text.len() as u32
}
