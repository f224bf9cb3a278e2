//! The lines of one instruction as one text, and the way back from it to the source.

use super::heredoc::Heredoc;
use crate::source::Span;
use crate::text::Text;
use std::cell::Cell;
use std::ops::Range;

/// The lines of one instruction, joined as BuildKit joins them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogicalLine {
    /// From the first character of the instruction to the end of its last line (heredocs
    /// included), without the line's end.
    pub span: Span,
    /// The lines before any heredoc body, with comments inside, without the last line's end.
    pub head: Span,
    /// First and last line, counted from 1; the last includes heredoc bodies.
    pub lines: (u32, u32),
    /// The joined text: no continuation characters, no comments, no line ends.
    pub text: Text,
    /// Where `text` begins in the source.
    pub(super) first: u32,
    /// Where each further piece of `text` comes from: (offset in `text`, offset in the source),
    /// ascending. An instruction on one line has none.
    pub(super) pieces: Vec<(u32, u32)>,
    /// Comment lines inside the instruction.
    pub comments: Vec<Span>,
    /// Empty lines inside the instruction, which BuildKit warns of.
    pub empty_lines: Vec<Span>,
    /// Heredocs in the order in which they are named.
    pub heredocs: Vec<Heredoc>,
}

impl LogicalLine {
    /// The source offset of the byte at `offset` of the joined text. Whoever asks for one place
    /// after the other keeps `near`, the number of the piece that was found last.
    fn source_offset(&self, offset: u32, near: &Cell<usize>) -> u32 {
        // The first piece has the number 0.
        let starts_by = |at: usize| match at.checked_sub(1) {
            Some(at) => self.pieces.get(at).is_some_and(|(text, _)| *text <= offset),
            None => true,
        };
        let mut at = near.get();
        if !starts_by(at) || starts_by(at + 1) {
            at = self.pieces.partition_point(|(text, _)| *text <= offset);
            near.set(at);
        }
        match at.checked_sub(1).and_then(|at| self.pieces.get(at)) {
            Some((text, source)) => source + (offset - text),
            None => self.first + offset,
        }
    }

    /// The place in the source of a range of the joined text. It covers continuation characters
    /// and line ends where the range spans several lines.
    pub fn source_span(&self, range: &Range<u32>) -> Span {
        self.source_span_near(range, &Cell::new(0))
    }

    /// The same for one range after the other: `near` remembers where the last one was.
    pub fn source_span_near(&self, range: &Range<u32>, near: &Cell<usize>) -> Span {
        let start = self.source_offset(range.start, near);
        if range.end <= range.start {
            return Span::at(start);
        }
        Span::new(start, self.source_offset(range.end - 1, near) + 1)
    }

    /// The pieces of the joined text, one for each line that adds to it: the offset in `text`, and
    /// the place in the source.
    pub fn pieces(&self) -> impl Iterator<Item = (u32, Span)> {
        pieces(self.first, &self.pieces, self.text.len() as u32)
    }

    /// Whether a comment stands inside of `span`, so that a replacement of it would drop a remark.
    pub fn has_comment_in(&self, span: Span) -> bool {
        let first = self.comments.partition_point(|comment| comment.start < span.start);
        self.comments.get(first).is_some_and(|comment| comment.end <= span.end)
    }

    /// The text of a range of the joined text.
    pub fn slice(&self, range: &Range<u32>) -> &str {
        self.text.get(range.start as usize..range.end as usize).unwrap_or_default()
    }
}

/// The pieces of a text of that length, the first of which stands at `first`.
pub(super) fn pieces(
    first: u32,
    others: &[(u32, u32)],
    length: u32,
) -> impl Iterator<Item = (u32, Span)> {
    let ends = others.iter().map(|(text, _)| *text).chain([length]);
    let all = std::iter::once((0, first)).chain(others.iter().copied());
    let place = |((text, source), end)| (text, Span::new(source, source + end - text));
    all.zip(ends).map(place).filter(|(_, span)| !span.is_empty())
}
