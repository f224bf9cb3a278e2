//! Finds the wordings of all kinds of message in a text, in one pass.
//!
//! A wording is literal text with holes. `{name}` takes one word, `{*name}` also blanks; both stay on
//! their line and take as little as they can. `^` and `$` are the ends of a line. The first literal
//! of a wording has at least four bytes: these lead from a place in the text to the wordings
//! that may begin there, so that the pass is linear in the text.

use super::data::Kind;

/// Longest text in a hole, in bytes.
const LONGEST: usize = 240;
/// How many matches of one kind are told apart.
const MOST: usize = 6;
const BUCKETS: usize = 1024;

/// A wording found.
pub(super) struct Match<'t> {
    /// Number of its kind.
    pub(super) kind: usize,
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// What stands in the holes.
    pub(super) holes: Holes<'t>,
}

/// Names of holes and what stands there.
pub(super) type Holes<'t> = Vec<(&'t str, &'t str)>;

/// What stands in a hole.
pub(super) fn hole<'t>(holes: &Holes<'t>, name: &str) -> Option<&'t str> {
    holes.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// All wordings of `kinds` in `text`, in the order of the text.
pub(super) fn search<'t>(kinds: &[Kind<'t>], text: &'t str) -> Vec<Match<'t>> {
    let patterns: Vec<(usize, Pattern<'t>)> = kinds
        .iter()
        .zip(0..)
        .flat_map(|(kind, number)| kind.patterns.iter().map(move |text| (number, *text)))
        .filter_map(|(number, text)| Some((number, Pattern::read(text)?)))
        .collect();
    let mut heads = vec![u32::MAX; BUCKETS];
    let mut next = vec![u32::MAX; patterns.len()];
    // Backwards, so that of two wordings in one bucket the first is tried first.
    for (index, (_, pattern)) in patterns.iter().enumerate().rev() {
        let key = pattern.first.as_bytes().first_chunk().map(bucket);
        let head = key.and_then(|key| heads.get_mut(key));
        let (Some(head), Some(next)) = (head, next.get_mut(index)) else { continue };
        *next = std::mem::replace(head, index as u32);
    }
    let mut found: Vec<Match<'t>> = Vec::new();
    let mut counts = vec![0; kinds.len()];
    for (window, at) in text.as_bytes().windows(4).zip(0..) {
        let Some(key) = window.first_chunk().map(bucket) else { continue };
        let mut index = heads.get(key).copied().unwrap_or(u32::MAX) as usize;
        while let Some((kind, pattern)) = patterns.get(index) {
            index = next.get(index).copied().unwrap_or(u32::MAX) as usize;
            let Some(count) = counts.get_mut(*kind).filter(|count| **count < MOST) else {
                continue;
            };
            let Some((start, end, holes)) = pattern.at(text, at) else { continue };
            if !found.iter().any(|other| other.kind == *kind && other.holes == holes) {
                *count += 1;
                found.push(Match { kind: *kind, start, end, holes });
            }
        }
    }
    found
}

fn bucket(bytes: &[u8; 4]) -> usize {
    (u32::from_le_bytes(*bytes).wrapping_mul(0x9e37_79b1) >> 22) as usize
}

/// A wording, read.
struct Pattern<'p> {
    /// The hole before the first literal.
    front: Option<&'p str>,
    /// Whether the line starts before all of it.
    at_start: bool,
    /// Whether the line ends behind all of it.
    at_end: bool,
    /// The first literal.
    first: &'p str,
    /// Holes, each with the literal behind it.
    rest: Vec<(&'p str, &'p str)>,
}

impl<'p> Pattern<'p> {
    fn read(text: &'p str) -> Option<Self> {
        let at_start = text.starts_with('^');
        let at_end = text.ends_with('$');
        let mut text = text.strip_prefix('^').unwrap_or(text);
        text = text.strip_suffix('$').unwrap_or(text);
        let mut front = None;
        if let Some((name, rest)) = text.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
            (front, text) = (Some(name), rest);
        }
        let mut pieces = text.split('{');
        let first = pieces.next().filter(|first| first.len() >= 4)?;
        let rest = pieces.filter_map(|piece| piece.split_once('}')).collect();
        Some(Self { front, at_start, at_end, first, rest })
    }

    /// Matches with the first literal at byte `at`.
    fn at(&self, text: &'p str, at: usize) -> Option<(usize, usize, Holes<'p>)> {
        let mut after = text.get(at..)?.strip_prefix(self.first)?;
        let mut start = at;
        let mut holes = Vec::new();
        if let Some(name) = self.front {
            let before = text.get(..at)?;
            let line = last_line(before);
            let taken = if name.starts_with('*') {
                line
            } else {
                let cut = line
                    .rfind(|ch: char| ch.is_whitespace() || matches!(ch, '"' | '\'' | '`' | '('));
                cut.and_then(|cut| line.get(cut + 1..)).unwrap_or(line)
            };
            let taken = taken.trim_start();
            if taken.is_empty() {
                return None;
            }
            start -= taken.len();
            holes.push((name.trim_start_matches('*'), taken));
        }
        if self.at_start && !text.get(..start)?.ends_with('\n') && start > 0 {
            return None;
        }
        for (name, literal) in &self.rest {
            let (words, name) = match name.strip_prefix('*') {
                Some(name) => (true, name),
                None => (false, *name),
            };
            let to_end = literal.is_empty() && self.at_end;
            let length = extent(after, words, literal, to_end)?;
            let taken = after.get(..length)?;
            if !name.is_empty() {
                holes.push((name, taken.trim_end_matches([',', ';', '.', ':'])));
            }
            after = after.get(length..)?.strip_prefix(literal)?;
        }
        if self.at_end && !after.starts_with('\n') {
            return None;
        }
        Some((start, text.len() - after.len(), holes))
    }
}

/// The end of a text that stands on its last line, and is not too long.
fn last_line(before: &str) -> &str {
    let mut start = before.len().saturating_sub(LONGEST);
    while !before.is_char_boundary(start) {
        start += 1;
    }
    let near = before.get(start..).unwrap_or_default();
    near.rsplit('\n').next().unwrap_or_default()
}

/// How much of `text` a hole takes, so that `literal` or the end of the line follows.
fn extent(text: &str, words: bool, literal: &str, to_end: bool) -> Option<usize> {
    let stops = |ch: char| ch == '\n' || (!words && (ch.is_whitespace() || ch == '"'));
    let within = text.char_indices().take_while(|(at, ch)| *at < LONGEST && !stops(*ch));
    let most = within.last().map_or(0, |(at, ch)| at + ch.len_utf8());
    if literal.is_empty() {
        let ends = !to_end || text.get(most..).is_some_and(|rest| rest.starts_with('\n'));
        return Some(most).filter(|length| *length > 0 && ends);
    }
    // The literal may start with a blank or a quote, just behind what the hole may take.
    let mut end = (most + literal.len()).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end)?.find(literal)
}
