//! Cuts a text into items by BuildKit's line rules: directives, comments, blank lines, and
//! instructions with their continuation lines and heredocs.
//!
//! Follows `frontend/dockerfile/parser/parser.go` and `directives.go`. The items tile the text:
//! joined, they give it back byte for byte. Nothing here knows what an instruction means.

use super::heredoc::{self, Heredoc};
use super::logical_line::{LogicalLine, pieces};
use super::{Refusal, RefusalKind};
use crate::bytes;
use crate::source::Span;
use crate::text::Text;

/// The longest physical line that BuildKit reads, in bytes (Go's `bufio.MaxScanTokenSize`).
const MAX_LINE: usize = 64 * 1024;

/// What one stretch of the text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RawItem {
    /// `# name=value` at the top of the file.
    Directive(Directive),
    /// A comment line outside of any instruction.
    Comment(Span),
    /// An empty line outside of any instruction.
    Blank(Span),
    /// An instruction with everything that belongs to it.
    Logical(LogicalLine),
}

/// A parser directive such as `# escape=\``.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// The whole line, without its end.
    pub span: Span,
    /// `syntax`, `escape` or `check`, in lower case.
    pub name: String,
    /// Where the name stands.
    pub name_span: Span,
    /// The value, without blanks around it.
    pub value: String,
    /// Where the value stands.
    pub value_span: Span,
}

impl Directive {
    /// The names that BuildKit knows.
    pub const NAMES: [&str; 3] = ["syntax", "escape", "check"];

    /// Reads the comment that takes up `extent` of `text` as `# name=value`, whatever the name, the
    /// value and the place. `separators` are taken for the `=`.
    pub fn of_comment(text: &str, extent: Span, separators: &[char]) -> Option<Self> {
        let comment = extent.of(text);
        let bom = comment.len() - comment.trim_start_matches('\u{feff}').len();
        let content = comment.get(bom..)?.trim_end_matches(['\r', '\n']);
        read_directive(Line { start: extent.start as usize + bom, content }, separators)
    }
}

/// Where splitting begins: at the start of the text, or between two items of it.
#[derive(Debug, Clone, Copy)]
pub struct Start {
    /// Offset in bytes.
    pub offset: usize,
    /// How many lines lie before.
    pub line: u32,
    /// The escape character in force.
    pub escape: char,
}

impl Start {
    /// The start of the text.
    pub const OF_TEXT: Self = Self { offset: 0, line: 0, escape: '\\' };
}

/// The outcome of splitting.
#[derive(Debug, Clone, Default)]
pub struct Split {
    /// The escape character in force.
    pub escape: char,
    /// What BuildKit would refuse at this level.
    pub errors: Vec<Refusal>,
}

/// Splits `text` and hands each item, with the stretch of text that it takes up, line ends included,
/// and the escape character in force to `add`. The stretches tile the text from the first byte to
/// the last. `may_have_heredocs` decides from a logical line and the escape character whether its
/// instruction may carry heredocs.
pub fn split(
    text: &str,
    from: Start,
    may_have_heredocs: impl Fn(&LogicalLine, char) -> bool,
    mut add: impl FnMut(Span, RawItem, char),
) -> Split {
    let mut splitter = Splitter {
        text,
        shared: Text::from(text),
        offset: from.offset,
        line: from.line,
        escape: from.escape,
        directives_done: from.offset > 0,
        seen: Vec::new(),
        errors: Vec::new(),
    };
    let mut start = from.offset as u32;
    if start == 0 && text.starts_with('\u{feff}') {
        splitter.offset = '\u{feff}'.len_utf8();
    }
    while let Some(line) = splitter.next_line() {
        let item = splitter.item(line, &may_have_heredocs);
        let end = splitter.offset as u32;
        add(Span::new(start, end), item, splitter.escape);
        start = end;
    }
    Split { escape: splitter.escape, errors: splitter.errors }
}

/// One physical line.
#[derive(Clone, Copy)]
struct Line<'a> {
    start: usize,
    /// Without the line's end (`\n`, and all `\r` before it).
    content: &'a str,
}

impl Line<'_> {
    fn span(self) -> Span {
        Span::new(self.start as u32, (self.start + self.content.len()) as u32)
    }

    fn is_comment(self) -> bool {
        self.content.trim_start().starts_with('#')
    }

    fn is_blank(self) -> bool {
        self.content.trim_start().is_empty()
    }
}

struct Splitter<'a> {
    text: &'a str,
    /// The same text, for instructions on one line to share.
    shared: Text,
    offset: usize,
    line: u32,
    escape: char,
    directives_done: bool,
    seen: Vec<String>,
    errors: Vec<Refusal>,
}

impl<'a> Splitter<'a> {
    fn next_line(&mut self) -> Option<Line<'a>> {
        let rest = self.text.get(self.offset..).filter(|rest| !rest.is_empty())?;
        let end = bytes::find(rest.as_bytes(), b'\n');
        let length = end.map_or(rest.len(), |end| end + 1);
        let start = self.offset;
        self.offset += length;
        self.line += 1;
        let content = rest.get(..length)?.trim_end_matches(['\r', '\n']);
        let line = Line { start, content };
        if length > MAX_LINE {
            let message = format!(
                "this line has {length} bytes, and BuildKit reads no line of more than {}",
                MAX_LINE - 1
            );
            self.errors.push(Refusal::new(RefusalKind::LongLine, line.span(), message));
        }
        Some(line)
    }

    fn item(
        &mut self,
        line: Line<'a>,
        may_have_heredocs: &impl Fn(&LogicalLine, char) -> bool,
    ) -> RawItem {
        if let Some(directive) = self.directive(line) {
            RawItem::Directive(directive)
        } else if line.is_comment() {
            RawItem::Comment(line.span())
        } else if line.is_blank() {
            RawItem::Blank(line.span())
        } else {
            RawItem::Logical(self.logical_line(line, may_have_heredocs))
        }
    }

    /// A directive stands above everything else, one of each name, and nothing but directives
    /// before it.
    fn directive(&mut self, line: Line<'a>) -> Option<Directive> {
        if self.directives_done {
            return None;
        }
        let parsed = parse_directive(line);
        let Some(directive) = parsed else {
            self.directives_done = true;
            return None;
        };
        let name = &directive.name;
        if self.seen.contains(name) {
            let message = format!("only one `{name}` directive is allowed");
            let kind = RefusalKind::DuplicateDirective;
            self.errors.push(Refusal::new(kind, directive.span, message));
        } else if name == "escape" {
            match directive.value.as_str() {
                "\\" => self.escape = '\\',
                "`" => self.escape = '`',
                other => {
                    let message =
                        format!("the escape character is `\\` or a backtick, not `{other}`");
                    let span = directive.value_span;
                    self.errors.push(Refusal::new(RefusalKind::EscapeDirective, span, message));
                }
            }
        }
        self.seen.push(directive.name.clone());
        Some(directive)
    }

    fn logical_line(
        &mut self,
        first: Line<'a>,
        may_have_heredocs: &impl Fn(&LogicalLine, char) -> bool,
    ) -> LogicalLine {
        let indent = first.content.len() - first.content.trim_start().len();
        let start = first.start + indent;
        let mut logical = LogicalLine {
            span: Span::default(),
            head: Span::default(),
            lines: (self.line, self.line),
            text: self.shared.slice(&(0..0)),
            first: start as u32,
            pieces: Vec::new(),
            comments: Vec::new(),
            empty_lines: Vec::new(),
            heredocs: Vec::new(),
        };
        let mut line = Line { start, content: first.content.get(indent..).unwrap_or_default() };
        let mut end = line.span().end;
        let mut length = 0;
        loop {
            let (kept, continues) = cut_continuation(line.content, self.escape);
            match line.start as u32 {
                _ if kept.is_empty() => {}
                first if length == 0 => logical.first = first,
                next => logical.pieces.push((length, next)),
            }
            length += kept.len() as u32;
            if !continues {
                break;
            }
            let Some(next) = self.continuation(&mut logical) else { break };
            line = next;
            end = line.span().end;
        }
        logical.text = self.joined(&logical, length);
        logical.lines.1 = self.line;
        logical.head = Span::new(start as u32, end);
        // Comments and blank lines may trail an instruction that the end of the file cuts off.
        let trailing = logical.comments.iter().chain(&logical.empty_lines).map(|span| span.end);
        logical.span = Span::new(start as u32, trailing.fold(end, u32::max));
        if logical.text.contains("<<") && may_have_heredocs(&logical, self.escape) {
            self.heredocs(&mut logical);
        }
        logical
    }

    /// The pieces one after the other; a single one needs no copy.
    fn joined(&self, logical: &LogicalLine, length: u32) -> Text {
        let LogicalLine { first, pieces: others, .. } = logical;
        if others.is_empty() {
            return self.shared.slice(&(*first..first + length));
        }
        let mut text = String::with_capacity(length as usize);
        text.extend(pieces(*first, others, length).map(|(_, span)| span.of(self.text)));
        Text::from(text)
    }

    /// The next line that adds to the instruction; comments and blank lines on the way are noted.
    fn continuation(&mut self, logical: &mut LogicalLine) -> Option<Line<'a>> {
        loop {
            let line = self.next_line()?;
            if line.is_comment() {
                logical.comments.push(line.span());
            } else if line.is_blank() {
                logical.empty_lines.push(line.span());
            } else {
                return Some(line);
            }
        }
    }

    fn heredocs(&mut self, logical: &mut LogicalLine) {
        for mut found in heredoc::find(logical) {
            let body_start = self.offset;
            let mut terminated = false;
            let mut end = logical.span.end as usize;
            let mut body_end = body_start;
            while let Some(line) = self.next_line() {
                end = line.span().end as usize;
                let candidate =
                    if found.chomp { line.content.trim_start_matches('\t') } else { line.content };
                if candidate == found.name {
                    found.terminator = Some(line.span());
                    terminated = true;
                    break;
                }
                body_end = self.offset;
            }
            found.body = Span::new(body_start as u32, body_end as u32);
            logical.span.end = logical.span.end.max(end as u32);
            logical.lines.1 = self.line;
            if !terminated {
                let message = format!(
                    "the heredoc `{}` never ends: no line holds only `{}`",
                    found.name, found.name
                );
                let refusal = Refusal::new(RefusalKind::HeredocEnd, found.span, message);
                self.errors.push(match indented_end(self.text, &found) {
                    Some(span) => refusal.suggest(span, found.name.as_str()),
                    None => refusal,
                });
            }
            logical.heredocs.push(found);
        }
    }
}

/// The line without its continuation character, and whether it had one.
///
/// A continuation is the escape character, followed by nothing but blanks and tabs, that no other
/// escape character precedes.
fn cut_continuation(line: &str, escape: char) -> (&str, bool) {
    let trimmed = line.trim_end_matches([' ', '\t']);
    match trimmed.strip_suffix(escape) {
        Some(kept) if !kept.ends_with(escape) => (kept, true),
        _ => (line, false),
    }
}

/// `# name = value` with one of the names that BuildKit knows.
fn parse_directive(line: Line<'_>) -> Option<Directive> {
    read_directive(line, &['='])
        .filter(|found| !found.value.is_empty() && Directive::NAMES.contains(&found.name.as_str()))
}

fn read_directive(line: Line<'_>, separators: &[char]) -> Option<Directive> {
    let content = line.content.trim_start();
    let body = content.strip_prefix('#')?.trim_start();
    let name_length = body.find(|ch: char| !ch.is_ascii_alphanumeric())?;
    let name = body.get(..name_length)?;
    let value = body.get(name_length..)?.trim_start_matches(go_space).strip_prefix(separators)?;
    let value = value.trim_start_matches(go_space);
    let end = line.start + line.content.len();
    let (name_start, value_start) = ((end - body.len()) as u32, (end - value.len()) as u32);
    let value = value.trim_end_matches(go_space);
    Some(Directive {
        span: Span::new((end - content.len()) as u32, end as u32),
        name: name.to_ascii_lowercase(),
        name_span: Span::new(name_start, name_start + name_length as u32),
        value: value.to_owned(),
        value_span: Span::new(value_start, value_start + value.len() as u32),
    })
}

/// `\s` of Go's regular expressions.
fn go_space(ch: char) -> bool {
    matches!(ch, '\t' | '\n' | '\u{c}' | '\r' | ' ')
}

/// The first line of a body without end that would be its end without the blanks around it.
fn indented_end(text: &str, heredoc: &Heredoc) -> Option<Span> {
    let mut start = heredoc.body.start;
    heredoc.body.of(text).split_inclusive('\n').find_map(|line| {
        let at = start;
        start += line.len() as u32;
        let length = line.trim_end_matches(['\n', '\r']).len() as u32;
        (line.trim() == heredoc.name).then(|| Span::new(at, at + length))
    })
}
