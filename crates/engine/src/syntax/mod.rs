//! From text to a lossless tree: items, and typed views of the 18 instructions.
//!
//! Parsing never fails. What BuildKit would refuse is an entry in [`Dockerfile::errors`], and the
//! rest of the file is read all the same. The line rules are in [`split`], the word rules in
//! [`words`], the instructions in [`instruction`].

mod flags;
mod heredoc;
mod highlight;
pub mod instruction;
mod json;
mod key_value;
pub mod layout;
mod logical_line;
mod mount;
mod origin;
mod pattern;
mod port;
mod refusal;
mod split;
mod statement;
mod substitution;
pub mod words;

pub use flags::Flag;
pub use heredoc::Heredoc;
pub use highlight::{Token, TokenKind, highlight, highlight_ignore};
pub use instruction::{Body, CommandLine, Keyword, Statement};
pub use json::{Broken, Json, parse as parse_json, string as json_string};
pub use logical_line::LogicalLine;
pub use mount::Mount;
pub use origin::{Origin, base_name, is_archive, is_tarball};
pub use port::Port;
pub use refusal::{Refusal, RefusalKind, Suggestion};
pub use split::Directive;

use crate::order;
use crate::source::Span;
use crate::text::Text;
use split::{RawItem, Start};
use std::cell::Cell;
use std::ops::Range;

/// A word of an instruction, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The text: quotes, escapes and variables as they stand, JSON strings decoded.
    pub text: Text,
    /// Where it stands in the source.
    pub span: Span,
}

impl Word {
    fn slice(line: &LogicalLine, range: &Range<u32>) -> Self {
        Self { text: line.text.slice(range), span: line.source_span(range) }
    }

    /// The text without the quotes around it, which BuildKit would remove.
    pub fn bare(&self) -> &str {
        self.text.trim_matches(['"', '\''])
    }

    /// Whether it is a source that stands for the whole build context.
    pub fn is_whole_context(&self) -> bool {
        matches!(self.bare(), "." | "./" | "/" | "*" | "./*")
    }

    /// The place in the source of a part of `text`; the whole word where that cannot be told.
    pub fn part(&self, line: &LogicalLine, range: &Range<u32>) -> Span {
        self.part_near(line, range, &Cell::new(0))
    }

    /// The same for one part after the other, see [`LogicalLine::source_span_near`].
    pub fn part_near(&self, line: &LogicalLine, range: &Range<u32>, near: &Cell<usize>) -> Span {
        match self.text.place_in(&line.text) {
            Some(offset) => {
                line.source_span_near(&(offset + range.start..offset + range.end), near)
            }
            None => self.span,
        }
    }
}

/// An instruction: its lines and its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instruction {
    /// The lines, joined.
    pub line: LogicalLine,
    /// What they say.
    pub statement: Statement,
}

impl Instruction {
    /// From the first character to the end of the last line, heredocs included.
    pub fn span(&self) -> Span {
        self.line.span
    }

    /// Line, from 1, on which it starts.
    pub fn start_line(&self) -> u32 {
        self.line.lines.0
    }
}

/// What one stretch of the file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemKind {
    /// `# name=value` at the top of the file.
    Directive(Box<Directive>),
    /// A comment line outside of any instruction.
    Comment,
    /// An empty line outside of any instruction.
    Blank,
    /// An instruction.
    Instruction(Box<Instruction>),
}

/// A stretch of the file; the items tile it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The stretch, line ends included.
    pub extent: Span,
    /// What it is; of a comment, `extent` trimmed is its text.
    pub kind: ItemKind,
}

/// A parsed Dockerfile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dockerfile {
    /// All items, from the first byte of the text to the last.
    pub items: Vec<Item>,
    /// The escape character: `\` unless a directive says otherwise.
    pub escape: char,
    /// What BuildKit would refuse, in the order of the text.
    pub errors: Vec<Refusal>,
    /// The FROM that a text without one would need: an empty span at the start.
    pub(crate) implied_from: Box<Instruction>,
}

impl Dockerfile {
    /// The instructions, in order.
    pub fn instructions(&self) -> impl Iterator<Item = &Instruction> {
        self.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Instruction(instruction) => Some(&**instruction),
            _ => None,
        })
    }

    /// All comments of `text`, without the blanks around them, those inside of instructions included.
    pub fn comments<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Span> + 't {
        let trimmed = |span: Span| {
            let rest = span.of(text).trim_start();
            let start = span.end - rest.len() as u32;
            Span::new(start, start + rest.trim_end().len() as u32)
        };
        let comments = self.items.iter().flat_map(|item| {
            let (own, inside) = match &item.kind {
                ItemKind::Comment => (Some(item.extent), [].as_slice()),
                ItemKind::Instruction(found) => (None, found.line.comments.as_slice()),
                ItemKind::Directive(_) | ItemKind::Blank => (None, [].as_slice()),
            };
            own.into_iter().chain(inside.iter().copied())
        });
        comments.map(trimmed)
    }
}

/// Reads a whole Dockerfile. Texts above 4 GiB are cut off; spans are 32 bits wide.
pub fn parse(text: &str) -> Dockerfile {
    parse_from(text, Start::OF_TEXT)
}

/// Reads a text that is like that of `tree` up to the item of that number, and only from there on.
pub(crate) fn parse_rest(text: &str, tree: &Dockerfile, item: usize) -> Dockerfile {
    let offset = tree.items.get(item).map_or(text.len(), |item| item.extent.start as usize);
    let before = text.get(..offset).unwrap_or(text);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() as u32;
    parse_from(text, Start { offset: before.len(), line, escape: tree.escape })
}

fn parse_from(text: &str, start: Start) -> Dockerfile {
    // About as many as lines.
    let mut items = Vec::with_capacity(text.len() / 32 + 1);
    let mut found = Vec::new();
    let may_have_heredocs = |line: &LogicalLine, escape| {
        statement::parse(line, escape, &mut Vec::new()).may_have_heredocs()
    };
    let split = split::split(text, start, may_have_heredocs, |extent, raw, escape| {
        let kind = match raw {
            RawItem::Directive(directive) => ItemKind::Directive(Box::new(directive)),
            RawItem::Comment(_) => ItemKind::Comment,
            RawItem::Blank(_) => ItemKind::Blank,
            RawItem::Logical(line) => {
                let statement = statement::parse(&line, escape, &mut found);
                ItemKind::Instruction(Box::new(Instruction { line, statement }))
            }
        };
        items.push(Item { extent, kind });
    });
    let (mut errors, escape) = (split.errors, split.escape);
    errors.append(&mut found);
    order::by_span(&mut errors, |error: &Refusal| error.span);
    let line = LogicalLine { lines: (1, 1), ..LogicalLine::default() };
    let statement = Statement {
        keyword: Keyword::From,
        keyword_word: Word::slice(&line, &(0..0)),
        flags: Vec::new(),
        arguments: Word::slice(&line, &(0..0)),
        body: Body::Malformed,
    };
    let implied_from = Box::new(Instruction { line, statement });
    Dockerfile { items, escape, errors, implied_from }
}
