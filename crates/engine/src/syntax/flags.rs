//! The `--name=value` flags between an instruction's keyword and its arguments.
//!
//! Follows `extractBuilderFlags` of BuildKit: flags end at the first word that does not start with
//! `--`, or at a lone `--`.

use super::Word;
use super::logical_line::LogicalLine;
use crate::source::Span;
use crate::text::Text;
use std::ops::Range;

/// One flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// The whole flag without quotes and escapes, as BuildKit sees it: `--from=build`.
    pub text: Text,
    /// The name without dashes.
    pub name: Text,
    /// The value after `=`; `None` for a bare `--link`.
    pub value: Option<Word>,
    /// The whole flag.
    pub span: Span,
}

/// Reads the flags at the start of `range` of the logical line; returns them and the offset at
/// which the arguments start.
pub(super) fn parse(line: &LogicalLine, range: &Range<u32>, escape: char) -> (Vec<Flag>, u32) {
    let text = line.slice(range);
    let mut flags = Vec::new();
    let mut position = 0;
    loop {
        let rest = text.get(position..).unwrap_or_default();
        position += rest.len() - rest.trim_start().len();
        let rest = rest.trim_start();
        if !rest.starts_with("--") {
            return (flags, range.start + position as u32);
        }
        let start = range.start + position as u32;
        let plain = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let special = |ch: char| matches!(ch, '\'' | '"') || ch == escape;
        let (length, word) = match rest.get(..plain).is_some_and(|word| word.contains(special)) {
            true => read_word(rest, escape),
            false => (plain, line.text.slice(&(start..start + plain as u32))),
        };
        if word == "--" {
            return (flags, start + length as u32);
        }
        flags.push(flag(line, start..start + length as u32, word));
        position += length;
    }
}

/// The first word of `text`: its length, and what it says without quotes and escapes.
fn read_word(text: &str, escape: char) -> (usize, Text) {
    let mut word = String::new();
    let mut quote = None;
    let mut chars = text.char_indices();
    while let Some((offset, ch)) = chars.next() {
        match quote {
            None if ch.is_whitespace() => return (offset, Text::from(word)),
            None if matches!(ch, '\'' | '"') => quote = Some(ch),
            Some(open) if ch == open => quote = None,
            _ if ch == escape => word.extend(chars.next().map(|(_, escaped)| escaped)),
            _ => word.push(ch),
        }
    }
    (text.len(), Text::from(word))
}

fn flag(line: &LogicalLine, range: Range<u32>, text: Text) -> Flag {
    let raw = line.slice(&range);
    let length = text.len() as u32;
    let start = if text.starts_with("--") { 2 } else { 0 };
    let equals = text.find('=').map_or(length, |equals| equals as u32);
    let name = text.slice(&(start..equals));
    let value = (equals < length).then(|| {
        let value = text.slice(&(equals + 1..length));
        let at = raw.find('=').map_or(raw.len(), |equals| equals + 1) as u32;
        let written = Word::slice(line, &(range.start + at..range.end));
        if written.text == value { written } else { Word { text: value, ..written } }
    });
    Flag { text, name, value, span: line.source_span(&range) }
}
