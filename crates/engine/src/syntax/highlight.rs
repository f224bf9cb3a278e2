//! Tokens for the editor: one pass over the tree, so that colours and findings never disagree.

use super::{Body, CommandLine, Heredoc, Instruction, ItemKind, Keyword, Statement, parse};
use crate::order;
use crate::source::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A comment.
    Comment,
    /// A parser directive.
    Directive,
    /// An instruction's keyword, or `AS`.
    Keyword,
    /// A flag such as `--from=build`.
    Flag,
    /// Text in quotes.
    String,
    /// `$name` or `${name}`.
    Variable,
    /// `&&`, `|`, `>` and friends, and continuation characters.
    Operator,
    /// The announcement and the end of a heredoc.
    Heredoc,
    /// The name of a stage where it is given.
    StageName,
    /// The image or stage behind FROM.
    Image,
}

impl TokenKind {
    /// The class that style sheets know it by.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Comment => "t-comment",
            Self::Directive => "t-directive",
            Self::Keyword => "t-keyword",
            Self::Flag => "t-flag",
            Self::String => "t-string",
            Self::Variable => "t-variable",
            Self::Operator => "t-operator",
            Self::Heredoc => "t-heredoc",
            Self::StageName => "t-stage",
            Self::Image => "t-image",
        }
    }
}

/// A coloured stretch of the text. Tokens come in order and do not overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// The tokens of `text`; what lies between them is plain.
pub fn highlight(text: &str) -> Vec<Token> {
    let dockerfile = parse(text);
    let mut tokens = Vec::new();
    for item in &dockerfile.items {
        match &item.kind {
            ItemKind::Directive(directive) => {
                tokens.push(Token { span: directive.span, kind: TokenKind::Directive });
            }
            ItemKind::Comment => push_trimmed(text, item.extent, TokenKind::Comment, &mut tokens),
            ItemKind::Blank => {}
            ItemKind::Instruction(instruction) => {
                tokens.extend(of_instruction(text, dockerfile.escape, instruction));
            }
        }
    }
    tokens
}

/// The tokens of a `.dockerignore`: comments, and what takes files back.
pub fn highlight_ignore(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start as u32;
        start += line.len();
        if line.starts_with('#') {
            push_trimmed(text, Span::new(at, start as u32), TokenKind::Comment, &mut tokens);
        } else if line.trim_start().starts_with('!') {
            let mark = at + (line.len() - line.trim_start().len()) as u32;
            tokens.push(Token { span: Span::new(mark, mark + 1), kind: TokenKind::Keyword });
        }
    }
    tokens
}

fn push_trimmed(text: &str, span: Span, kind: TokenKind, tokens: &mut Vec<Token>) {
    let content = span.of(text);
    let start = span.start
        + (content.len() - content.trim_start_matches(['\u{feff}', ' ', '\t']).len()) as u32;
    let end = span.start + content.trim_end().len() as u32;
    if start < end {
        tokens.push(Token { span: Span::new(start, end), kind });
    }
}

/// The tokens of one instruction: what the tree names first, then what a scan finds in the gaps.
fn of_instruction(text: &str, escape: char, instruction: &Instruction) -> Vec<Token> {
    let mut named = Vec::new();
    for comment in &instruction.line.comments {
        push_trimmed(text, *comment, TokenKind::Comment, &mut named);
    }
    of_statement(&instruction.statement, &mut named);
    for heredoc in &instruction.line.heredocs {
        named.push(Token { span: heredoc.span, kind: TokenKind::Heredoc });
    }
    // Of two that start together, the longer one comes first.
    order::by_number(&mut named, |token| {
        u64::from(token.span.start) << 32 | u64::from(u32::MAX - token.span.end)
    });
    let mut tokens = Vec::new();
    let mut position = instruction.line.head.start;
    for token in named {
        if token.span.start < position {
            continue;
        }
        scan(text, Span::new(position, token.span.start), escape, &mut tokens);
        position = token.span.end;
        tokens.push(token);
    }
    scan(text, Span::new(position, instruction.line.head.end), escape, &mut tokens);
    for heredoc in &instruction.line.heredocs {
        of_heredoc(text, instruction, heredoc, &mut tokens);
    }
    tokens
}

fn of_statement(statement: &Statement, tokens: &mut Vec<Token>) {
    if statement.keyword != Keyword::Unknown {
        tokens.push(Token { span: statement.keyword_word.span, kind: TokenKind::Keyword });
    }
    let flags = statement.flags.iter();
    tokens.extend(flags.map(|flag| Token { span: flag.span, kind: TokenKind::Flag }));
    match &statement.body {
        Body::From(from) => {
            tokens.push(Token { span: from.image.span, kind: TokenKind::Image });
            let as_word = from.as_word.iter().map(|word| (word.span, TokenKind::Keyword));
            let name = from.name.iter().map(|word| (word.span, TokenKind::StageName));
            tokens.extend(as_word.chain(name).map(|(span, kind)| Token { span, kind }));
        }
        Body::Onbuild(trigger) => of_statement(trigger, tokens),
        Body::Healthcheck(_) => {
            let length = statement.arguments.text.find(char::is_whitespace);
            let length = length.unwrap_or(statement.arguments.text.len()) as u32;
            let start = statement.arguments.span.start;
            let span = Span::new(start, start + length);
            tokens.push(Token { span, kind: TokenKind::Keyword });
        }
        Body::Run(CommandLine::Exec(words, _))
        | Body::Cmd(CommandLine::Exec(words, _))
        | Body::Entrypoint(CommandLine::Exec(words, _))
        | Body::Shell(words) => {
            tokens.extend(
                words.iter().map(|word| Token { span: word.span, kind: TokenKind::String }),
            );
        }
        _ => {}
    }
}

/// The body of a heredoc is scanned for variables where it is expanded or run by a shell.
fn of_heredoc(text: &str, instruction: &Instruction, heredoc: &Heredoc, tokens: &mut Vec<Token>) {
    if heredoc.expand || instruction.statement.keyword == Keyword::Run {
        scan(text, heredoc.body, '\\', tokens);
    }
    if let Some(terminator) = heredoc.terminator {
        push_trimmed(text, terminator, TokenKind::Heredoc, tokens);
    }
}

/// Finds strings, variables, comments and operators in plain text.
fn scan(text: &str, span: Span, escape: char, tokens: &mut Vec<Token>) {
    let slice = span.of(text);
    let bytes = slice.as_bytes();
    let at = |index: usize| bytes.get(index).copied().unwrap_or(b'\n');
    let mut push = |start: usize, end: usize, kind| {
        let span = Span::new(span.start + start as u32, span.start + end.min(bytes.len()) as u32);
        tokens.push(Token { span, kind });
    };
    let mut index = 0;
    while index < bytes.len() {
        let start = index;
        match at(index) {
            byte if byte as char == escape => {
                index += 1;
                let blank = slice.get(index..).map_or(0, |rest| {
                    rest.len() - rest.trim_start_matches([' ', '\t', '\r']).len()
                });
                if at(index + blank) == b'\n' {
                    push(start, index, TokenKind::Operator);
                } else {
                    index += slice
                        .get(index..)
                        .and_then(|rest| rest.chars().next())
                        .map_or(1, char::len_utf8);
                }
            }
            quote @ (b'\'' | b'"') => {
                index += 1;
                while index < bytes.len() && at(index) != quote {
                    index += if quote == b'"' && at(index) == b'\\' { 2 } else { 1 };
                }
                index = (index + 1).min(bytes.len());
                push(start, index, TokenKind::String);
            }
            b'$' => {
                index += variable_length(slice.get(index..).unwrap_or_default());
                if index > start + 1 {
                    push(start, index, TokenKind::Variable);
                }
            }
            b'#' if start == 0 || matches!(at(start - 1), b'\n' | b' ' | b'\t') => {
                index += slice
                    .get(index..)
                    .and_then(|rest| rest.find('\n'))
                    .unwrap_or(bytes.len() - index);
                push(start, index, TokenKind::Comment);
            }
            b'&' | b'|' | b';' | b'<' | b'>' => {
                while matches!(at(index), b'&' | b'|' | b';' | b'<' | b'>') {
                    index += 1;
                }
                push(start, index, TokenKind::Operator);
            }
            _ => index += 1,
        }
    }
}

/// Length in bytes of the variable at the start of `text`; 1 where `$` stands alone.
fn variable_length(text: &str) -> usize {
    let rest = text.get(1..).unwrap_or_default();
    if let Some(inner) = rest.strip_prefix('{') {
        return inner.find(['}', '\n']).map_or(text.len(), |end| end + 3);
    }
    let name = |ch: char| !ch.is_ascii_alphanumeric() && ch != '_';
    1 + rest.find(name).unwrap_or(rest.len())
}
