//! Where the lines of a shell text may be indented: between words, outside of quotes.

use super::BLANKS;
use crate::source::Span;
use crate::syntax::{LogicalLine, Word};

/// Deepest nesting of `"$( )"` that is followed.
const MAX_DEPTH: u32 = 16;

/// The gaps of a shell text at which its lines end; none where the text is beyond this reader.
pub(super) fn gaps(source: &str, line: &LogicalLine, word: &Word) -> Vec<Span> {
    let pieces: Vec<(u32, Span)> = line.pieces().collect();
    let inside = pieces.iter().rfind(|(_, place)| place.start <= word.span.start);
    let Some((at, place)) = inside else { return Vec::new() };
    let start = at + word.span.start - place.start;
    let Some(free) = Scanner::new(&word.text).free() else { return Vec::new() };
    let mut gaps = Vec::new();
    for pair in pieces.windows(2) {
        let [(_, before), (at, after)] = pair else { continue };
        let is_free = at.checked_sub(start).is_some_and(|at| at > 0 && free(at as usize));
        let head = before.of(source).trim_end_matches(BLANKS);
        let tail = after.of(source).trim_start_matches(BLANKS);
        if is_free && !head.is_empty() && !tail.is_empty() && !head.ends_with('\\') {
            let end = after.end - tail.len() as u32;
            gaps.push(Span::new(before.start + head.len() as u32, end));
        }
    }
    gaps
}

/// Finds the quoted parts of a text. What it does not understand makes it give up.
struct Scanner<'t> {
    text: &'t str,
    position: usize,
    depth: u32,
    /// Starts and ends of what is quoted, escaped or expanded.
    taken: Vec<(usize, usize)>,
}

impl<'t> Scanner<'t> {
    const fn new(text: &'t str) -> Self {
        Self { text, position: 0, depth: 0, taken: Vec::new() }
    }

    /// A function that tells whether words are split at an offset; `None` if that is not certain.
    fn free(mut self) -> Option<impl Fn(usize) -> bool + use<'t>> {
        let mut word_start = true;
        while let Some(byte) = self.peek() {
            let start = self.position;
            self.position += 1;
            match byte {
                b'\\' => self.position += 1,
                b'\'' => self.find('\'')?,
                b'"' => self.double_quoted()?,
                b'`' => self.find('`')?,
                b'$' => match self.peek() {
                    Some(b'\'') => return None,
                    Some(b'{') => self.braces()?,
                    _ => {}
                },
                b'#' if word_start => return None,
                b'<' if self.peek() == Some(b'<') => return None,
                b'\n' => return None,
                _ => {}
            }
            word_start = matches!(byte, b' ' | b'\t' | b';' | b'&' | b'|' | b'(' | b')');
            if self.position > start + 1 {
                self.taken.push((start, self.position));
            }
        }
        let (text, taken) = (self.text, self.taken);
        let blank = move |at: usize| text.as_bytes().get(at).is_some_and(|b| b" \t".contains(b));
        Some(move |at: usize| {
            let before = taken.partition_point(|(start, _)| *start < at);
            let inside = before.checked_sub(1).and_then(|index| taken.get(index));
            let end = inside.map_or(0, |(_, end)| *end);
            at >= end && (blank(at) || (at > end && blank(at - 1)))
        })
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.position).copied()
    }

    /// Goes behind the next `close`; backslashes protect, except from a single quote.
    fn find(&mut self, close: char) -> Option<()> {
        loop {
            let rest = self.text.get(self.position..)?;
            let at = rest.find(|ch| ch == close || (ch == '\\' && close != '\''))?;
            self.position += at + 1;
            if rest.as_bytes().get(at) != Some(&b'\\') {
                return Some(());
            }
            self.position += self.text.get(self.position..)?.chars().next()?.len_utf8();
        }
    }

    /// Goes behind the closing quote.
    fn double_quoted(&mut self) -> Option<()> {
        loop {
            let rest = self.text.get(self.position..)?;
            let at = rest.find(['"', '\\', '`', '$'])?;
            self.position += at + 1;
            match rest.as_bytes().get(at)? {
                b'"' => return Some(()),
                b'\\' => self.position += rest.get(at + 1..)?.chars().next()?.len_utf8(),
                b'`' => self.find('`')?,
                _ => match self.peek() {
                    Some(b'{') => self.braces()?,
                    Some(b'(') => self.parentheses()?,
                    _ => {}
                },
            }
        }
    }

    /// Goes behind `{...}` without quotes in it.
    fn braces(&mut self) -> Option<()> {
        let mut depth = 0;
        loop {
            match self.peek()? {
                b'{' => depth += 1,
                b'}' => depth -= 1,
                b'(' | b'"' | b'\'' | b'`' | b'\\' => return None,
                _ => {}
            }
            self.position += 1;
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// Goes behind `(...)` in double quotes, with nothing in it that could hide its end.
    fn parentheses(&mut self) -> Option<()> {
        let start = self.position;
        self.depth += 1;
        let mut depth = 0;
        while self.depth < MAX_DEPTH {
            let byte = self.peek()?;
            self.position += 1;
            match byte {
                b'(' => depth += 1,
                b')' => depth -= 1,
                b'\'' => self.find('\'')?,
                b'"' => self.double_quoted()?,
                b'`' | b'\\' | b'#' => return None,
                _ => {}
            }
            if depth == 0 {
                self.depth -= 1;
                let inside = self.text.get(start..self.position)?;
                return (!inside.contains("case")).then_some(());
            }
        }
        None
    }
}
