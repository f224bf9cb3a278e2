//! Heredocs: `<<NAME`, `<<-NAME`, `3<<"NAME"` in RUN, COPY and ADD.
//!
//! BuildKit looks for them in the whole joined line with its shell lexer, always with `\` as the
//! escape character, whatever the directive says; a line that the lexer cannot read has none.

use super::logical_line::LogicalLine;
use super::words::{self, Empty, Options};
use crate::source::Span;

/// One heredoc of an instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heredoc {
    /// The word after `<<`, without quotes.
    pub name: String,
    /// Whether variables are expanded in the body: not if any part of the name is quoted.
    pub expand: bool,
    /// `<<-`: leading tabs of the body do not count.
    pub chomp: bool,
    /// The number before `<<`.
    pub file_descriptor: u32,
    /// Where `<<NAME` stands.
    pub span: Span,
    /// The lines of the body, with their ends.
    pub body: Span,
    /// The closing line; `None` where the file ends first.
    pub terminator: Option<Span>,
}

const RAW: Options = Options {
    escape: '\\',
    raw_quotes: true,
    raw_escapes: true,
    skip_unset: true,
    ignore_quotes: false,
};

/// The heredocs that a line announces, bodies still empty.
pub(super) fn find(line: &LogicalLine) -> Vec<Heredoc> {
    let Ok(processed) = words::process(&line.text, RAW, &Empty) else { return Vec::new() };
    let mut from = 0;
    processed.words.iter().filter_map(|word| parse(line, word, &mut from)).collect()
}

/// One word of the line as a heredoc; `from` is where the search for its place goes on.
fn parse(line: &LogicalLine, word: &str, from: &mut usize) -> Option<Heredoc> {
    let (digits, rest) = word.split_once("<<")?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || rest.contains('<') {
        return None;
    }
    let (chomp, rest) = match rest.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let rest = rest.trim_start_matches(['\t', '\n', '\u{c}', '\r', ' ']);
    if rest.is_empty() {
        return None;
    }
    let unquoted =
        words::process(rest, Options { raw_quotes: false, raw_escapes: false, ..RAW }, &Empty);
    let quoted = words::process(rest, Options { raw_escapes: false, ..RAW }, &Empty);
    let (Ok(unquoted), Ok(quoted)) = (unquoted, quoted) else { return None };
    let ([name], [raw]) = (unquoted.words.as_slice(), quoted.words.as_slice()) else { return None };
    let quotes = |text: &str| text.matches(['\'', '"']).count();
    // The lexer doubles escapes in quotes; of such a word only the operator is found again.
    let tail = line.text.get(*from..).unwrap_or_default();
    let found = tail.find(word).map(|at| (at, word.len()));
    let (at, length) = found.or_else(|| Some((tail.find("<<")?, 2)))?;
    let place = *from + at;
    *from = place + length;
    Some(Heredoc {
        name: name.clone(),
        expand: quotes(name) == quotes(raw),
        chomp,
        file_descriptor: digits.parse().unwrap_or(0),
        span: line.source_span(&(place as u32..*from as u32)),
        body: Span::default(),
        terminator: None,
    })
}
