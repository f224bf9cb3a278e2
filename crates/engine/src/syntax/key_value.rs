//! `name=value` lists of ENV, LABEL and ARG, with ENV's and LABEL's old form `name value`.

use super::logical_line::LogicalLine;
use super::{Refusal, RefusalKind, Word};
use std::ops::Range;

/// One pair of ENV or LABEL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyValue {
    /// The name, as written.
    pub key: Word,
    /// The value, as written.
    pub value: Word,
    /// Whether it is the old form without `=`.
    pub legacy: bool,
}

impl KeyValue {
    /// Whether the blanks of `NAME = value` have made `= value` the value.
    pub fn is_spaced_equals(&self) -> bool {
        self.legacy && self.value.text.starts_with('=')
    }

    /// The blanks of the value that stand outside of quotes and escapes, as offsets in its text.
    pub fn bare_blanks(&self, escape: char) -> Vec<u32> {
        let text = self.value.text.as_str();
        let mut blanks = Vec::new();
        let mut from = 0;
        for word in split_words(text, escape) {
            let gap = text.get(from..word.start).unwrap_or_default();
            blanks.extend(gap.char_indices().map(|(at, _)| (from + at) as u32));
            from = word.end;
        }
        blanks
    }
}

/// One name of ARG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArgDeclaration {
    /// The name.
    pub name: Word,
    /// The default, as written.
    pub default: Option<Word>,
}

/// Splits at blanks outside of quotes; quotes and escapes stay.
pub(super) fn split_words(text: &str, escape: char) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut quote = None;
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((offset, ch)) = chars.next() {
        if quote.is_none() && ch.is_whitespace() {
            words.extend(start.take().map(|start| start..offset).filter(|range| !range.is_empty()));
            continue;
        }
        start.get_or_insert(offset);
        if ch == escape && quote != Some('\'') {
            // An escape at the very end protects nothing and is dropped.
            let Some((next, escaped)) = chars.next() else {
                end = offset;
                break;
            };
            end = next + escaped.len_utf8();
            continue;
        }
        match quote {
            Some(open) if ch == open => quote = None,
            None if matches!(ch, '\'' | '"') => quote = Some(ch),
            _ => {}
        }
        end = offset + ch.len_utf8();
    }
    words.extend(start.map(|start| start..end).filter(|range| !range.is_empty()));
    words
}

/// The pairs of ENV or LABEL.
pub(super) fn pairs(
    line: &LogicalLine,
    range: &Range<u32>,
    escape: char,
    keyword: &str,
    errors: &mut Vec<Refusal>,
) -> Vec<KeyValue> {
    let text = line.slice(range);
    let words = split_words(text, escape);
    let at = |word: &Range<usize>| range.start + word.start as u32..range.start + word.end as u32;
    let Some(first) = words.first() else { return Vec::new() };
    if !line.slice(&at(first)).contains('=') {
        return legacy_pair(line, range, keyword, errors).into_iter().collect();
    }
    let mut pairs: Vec<KeyValue> = Vec::new();
    // Index of the word behind the last pair.
    let mut bare_from = 0;
    for (index, word) in words.iter().enumerate() {
        let place = at(word);
        let Some(equals) = line.slice(&place).find('=').map(|at| place.start + at as u32) else {
            let message = format!(
                "`{}` has no `=`: {keyword} takes `name=value` pairs, with quotes around blanks",
                line.slice(&place)
            );
            let refusal = Refusal::new(RefusalKind::KeyValue, line.source_span(&place), message);
            let value = pairs.last().filter(|_| index == bare_from).map(|pair| &pair.value);
            let last =
                words.iter().skip(index).take_while(|word| !line.slice(&at(word)).contains('='));
            errors.push(match (value, last.last()) {
                (Some(value), Some(last)) => quoted(refusal, line, value, at(last).end),
                _ => refusal,
            });
            continue;
        };
        if equals == place.start {
            let message = format!("a name is missing before `=` in {keyword}");
            errors.push(Refusal::new(RefusalKind::KeyValue, line.source_span(&place), message));
            continue;
        }
        bare_from = index + 1;
        pairs.push(KeyValue {
            key: Word::slice(line, &(place.start..equals)),
            value: Word::slice(line, &(equals + 1..place.end)),
            legacy: false,
        });
    }
    pairs
}

/// Suggests quotes around a value that goes on up to `end`, where that is plain text on one line.
fn quoted(refusal: Refusal, line: &LogicalLine, value: &Word, end: u32) -> Refusal {
    let Some(start) = value.text.place_in(&line.text) else { return refusal };
    let (text, span) = (line.slice(&(start..end)), line.source_span(&(start..end)));
    if span.len() != end - start || text.contains(['"', '\'', '\\', '`']) {
        return refusal;
    }
    refusal.suggest(span, format!("\"{text}\""))
}

/// `name value with blanks`.
fn legacy_pair(
    line: &LogicalLine,
    range: &Range<u32>,
    keyword: &str,
    errors: &mut Vec<Refusal>,
) -> Option<KeyValue> {
    let text = line.slice(range);
    let blank = |ch: char| matches!(ch, '\t' | '\u{b}' | '\u{c}' | '\r' | ' ');
    let Some(key_end) = text.find(blank) else {
        let message = format!("{keyword} needs a name and a value: `{keyword} {text}=...`");
        errors.push(Refusal::new(RefusalKind::KeyValue, line.source_span(range), message));
        return None;
    };
    let value = text.get(key_end..).unwrap_or_default().trim_start_matches(blank);
    let value_start = range.end - value.len() as u32;
    Some(KeyValue {
        key: Word::slice(line, &(range.start..range.start + key_end as u32)),
        value: Word::slice(line, &(value_start..range.end)),
        legacy: true,
    })
}

/// The names of ARG.
pub(super) fn declarations(
    line: &LogicalLine,
    range: &Range<u32>,
    escape: char,
    errors: &mut Vec<Refusal>,
) -> Vec<ArgDeclaration> {
    let declaration = |word: Range<usize>| {
        let place = range.start + word.start as u32..range.start + word.end as u32;
        let text = line.slice(&place);
        let Some(equals) = text.find('=').map(|at| place.start + at as u32) else {
            return Some(ArgDeclaration { name: Word::slice(line, &place), default: None });
        };
        if equals == place.start {
            let message = "a name is missing before `=` in ARG";
            errors.push(Refusal::new(RefusalKind::KeyValue, line.source_span(&place), message));
        }
        Some(ArgDeclaration {
            name: Word::slice(line, &(place.start..equals)),
            default: Some(Word::slice(line, &(equals + 1..place.end))),
        })
    };
    split_words(line.slice(range), escape).into_iter().filter_map(declaration).collect()
}
