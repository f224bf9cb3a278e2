//! The formatter: case of keywords, blanks between words, indents, blank lines.
//!
//! It changes nothing that a build could see. Text for a shell keeps its words and quotes, heredocs
//! keep every byte, and where it is not certain what a blank means, it stays. [`layout`] sees lines,
//! [`words`] sees what an instruction says, [`shell`] where a shell splits its words, and
//! [`packages`] sorts.

mod layout;
mod packages;
mod shell;
mod words;

use crate::diagnostic::Edit;
use crate::order;
use crate::source::Span;
use crate::syntax::{self, Body, Dockerfile, Instruction, Item, ItemKind, Keyword};

/// The case of keywords.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeywordCase {
    /// `FROM alpine AS base`
    #[default]
    Upper,
    /// `from alpine as base`
    Lower,
    /// As they are.
    Keep,
}

/// What stands before a continued line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Indent {
    /// That many blanks for each level.
    Blanks(u8),
    /// A tab for each level.
    Tab,
}

/// What may be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormatOptions {
    /// The case of keywords.
    pub keywords: KeywordCase,
    /// The indent of continued lines.
    pub indent: Indent,
    /// Whether packages that stand on a line each are sorted.
    pub sort_packages: bool,
}

impl Default for FormatOptions {
    fn default() -> Self {
        Self { keywords: KeywordCase::Upper, indent: Indent::Blanks(4), sort_packages: false }
    }
}

/// The edits that format `text`, sorted and without overlaps; none if it is formatted.
pub fn format(text: &str, options: &FormatOptions) -> Vec<Edit> {
    let tree = syntax::parse(text);
    let eol = if text.split('\n').next().is_some_and(|line| line.ends_with('\r')) {
        "\r\n"
    } else {
        "\n"
    };
    let mut edits = blank_lines(text, &tree, eol);
    // A shell that nobody knows may have quotes of its own.
    let mut known_shell = tree.escape == '\\';
    for item in &tree.items {
        match &item.kind {
            ItemKind::Blank => {}
            ItemKind::Comment | ItemKind::Directive(_) => edits.extend(comment(text, item)),
            ItemKind::Instruction(instruction) => {
                match &instruction.statement.body {
                    Body::From(_) => known_shell = tree.escape == '\\',
                    Body::Shell(words) => {
                        let shell = words.first();
                        known_shell = shell.is_some_and(|word| crate::shell::is_shell(&word.text));
                    }
                    _ => {}
                }
                if instruction.statement.keyword != Keyword::Unknown {
                    let words = words::of(text, instruction, known_shell, options);
                    layout::instruction(
                        text,
                        instruction,
                        tree.escape,
                        &words,
                        options,
                        &mut edits,
                    );
                }
            }
        }
    }
    order::by_span(&mut edits, |edit| edit.span);
    edits
}

/// A comment between instructions starts its line and ends with its last letter.
fn comment(text: &str, item: &Item) -> Vec<Edit> {
    let line = item.extent.of(text);
    let bom = if line.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let line = line.get(bom..).unwrap_or_default();
    let content = line.trim_end_matches(['\r', '\n']);
    let start = item.extent.start + bom as u32;
    let end = start + content.len() as u32;
    let indent = (content.len() - content.trim_start_matches(BLANKS).len()) as u32;
    let trailing = (content.len() - content.trim_end_matches(TRAILING).len()) as u32;
    let around = [Span::new(start, start + indent), Span::new(end - trailing, end)];
    around.into_iter().filter(|span| !span.is_empty()).map(Edit::delete).collect()
}

const BLANKS: [char; 2] = [' ', '\t'];
/// Blanks at the end of a line; without those behind it, a carriage return is part of the line's end.
const TRAILING: [char; 3] = [' ', '\t', '\r'];

/// One blank line at most in a row, one before each further stage, none at the end.
fn blank_lines(text: &str, tree: &Dockerfile, eol: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut stages = 0;
    // The first of the comments right above, and whether something other than a blank line is above
    // those.
    let mut block: Option<(u32, bool)> = None;
    let mut before: Option<&Item> = None;
    let mut on_top = true;
    let last = tree.items.iter().rposition(|item| item.kind != ItemKind::Blank);
    for (index, item) in tree.items.iter().enumerate() {
        let follows_text = before.is_some_and(|before| before.kind != ItemKind::Blank);
        match &item.kind {
            ItemKind::Blank => {
                block = None;
                // On top, a blank line may be what keeps a comment from being a directive, and a
                // byte order mark from being one.
                let needed = on_top
                    && tree.items.get(index + 1).is_some_and(|below| {
                        let text = below.extent.of(text);
                        below.kind == ItemKind::Comment || text.starts_with('\u{feff}')
                    });
                if !(follows_text || needed) || last.is_none_or(|last| index > last) {
                    edits.push(Edit::delete(item.extent));
                } else {
                    let content = item.extent.of(text).trim_end_matches(['\r', '\n']);
                    let span =
                        Span::new(item.extent.start, item.extent.start + content.len() as u32);
                    edits.extend((!span.is_empty()).then(|| Edit::delete(span)));
                }
            }
            ItemKind::Comment => {
                block.get_or_insert((item.extent.start, follows_text));
            }
            ItemKind::Directive(_) => {}
            ItemKind::Instruction(instruction) => {
                let (start, follows_text) =
                    block.take().unwrap_or((item.extent.start, follows_text));
                if instruction.statement.keyword == Keyword::From {
                    stages += 1;
                    if stages > 1 && follows_text {
                        edits.push(Edit::insert(start, eol));
                    }
                }
            }
        }
        on_top &= item.kind == ItemKind::Blank;
        before = Some(item);
    }
    let ends = text.ends_with('\n') || last.is_none_or(|last| last + 1 < tree.items.len());
    let open = tree.instructions().last().is_some_and(has_open_heredoc);
    if !ends && !open {
        edits.push(Edit::insert(text.len() as u32, eol));
    }
    edits
}

fn has_open_heredoc(instruction: &Instruction) -> bool {
    instruction.line.heredocs.iter().any(|heredoc| heredoc.terminator.is_none())
}
