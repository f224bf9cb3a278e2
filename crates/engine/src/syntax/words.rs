//! BuildKit's shell lexer: quotes and escapes in the words of an instruction.
//!
//! Follows `frontend/dockerfile/shell/lex.go`, quirks included: the same lexer finds the heredocs
//! of a line, splits EXPOSE and friends into words, and expands variables. On top of BuildKit's
//! answer it keeps where each variable stands, so that a rule can point at it.

use crate::text::Text;
use std::ops::Range;

/// What is known of a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    /// Set, to this text.
    Known(&'a str),
    /// Set, but nobody can say to what, as the environment of an unknown base image.
    Unknown,
    /// An ARG without default: unset unless the person who builds gives it.
    Declared,
    /// Not set anywhere.
    Unset,
}

/// Where the lexer looks variables up.
pub trait Environment {
    /// The value of `name`.
    fn get(&self, name: &str) -> Value<'_>;
}

/// An environment in which nothing is set.
pub struct Empty;

impl Environment for Empty {
    fn get(&self, _: &str) -> Value<'_> {
        Value::Unset
    }
}

/// How words are processed; the flags of BuildKit's `Lex`.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The escape character of the file: `\` or a backtick.
    pub escape: char,
    /// Quotes stay in the result.
    pub raw_quotes: bool,
    /// Escape characters stay in the result.
    pub raw_escapes: bool,
    /// `$name` of an unset variable stays in the result.
    pub skip_unset: bool,
    /// Quotes are ordinary characters, as in the body of a heredoc.
    pub ignore_quotes: bool,
}

impl Options {
    /// What instructions use: quotes and escapes are removed, unset variables are empty.
    pub const fn expand(escape: char) -> Self {
        Self {
            escape,
            raw_quotes: false,
            raw_escapes: false,
            skip_unset: false,
            ignore_quotes: false,
        }
    }
}

/// One use of a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariableUse {
    /// Its name, without `$` and braces.
    pub name: String,
    /// From `$` to the end of the name or the closing brace; bytes of the processed text.
    pub range: Range<u32>,
    /// Whether it was set or at least declared.
    pub defined: bool,
    /// Whether a modifier such as `:-` says what happens when it is unset.
    pub has_fallback: bool,
}

/// What the lexer made of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Processed {
    /// The text after expansion, blanks kept.
    pub text: Text,
    /// The text split at unquoted blanks.
    pub words: Vec<String>,
    /// Whether `text` is certain; false where a variable with unknown value took part.
    pub known: bool,
    /// Every variable, in order.
    pub uses: Vec<VariableUse>,
}

/// Why a text cannot be expanded; BuildKit stops the build with the same complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexError {
    /// Whether a quote never closes; otherwise `${...}` is malformed.
    pub open_quote: bool,
    /// What is wrong.
    pub message: String,
    /// Where; bytes of the processed text.
    pub range: Range<u32>,
}

impl Processed {
    /// What the lexer makes of a text in which nothing is special, but for the words.
    pub fn plain(text: Text) -> Self {
        Self { text, words: Vec::new(), known: true, uses: Vec::new() }
    }
}

/// Whether a text holds nothing special, as most words do: it says what is written.
pub fn is_plain(text: &str, options: Options) -> bool {
    let special = |byte: u8| {
        matches!(byte, b'$' | b'\'' | b'"' | b'<') || byte as char == options.escape || byte >= 0x80
    };
    !text.bytes().any(special)
}

/// Processes `text` under `options`, looking variables up in `environment`.
pub fn process(
    text: &str,
    options: Options,
    environment: &dyn Environment,
) -> Result<Processed, LexError> {
    if is_plain(text, options) {
        let words = text.split_whitespace().map(str::to_owned).collect();
        return Ok(Processed { words, ..Processed::plain(Text::from(text)) });
    }
    let mut lexer = Lexer {
        text,
        position: 0,
        options,
        environment,
        depth: 0,
        word: String::new(),
        in_word: false,
        known: true,
        expanded: 0,
        uses: Vec::new(),
    };
    let (result, words) = lexer.until(None, options.raw_escapes)?;
    Ok(Processed { text: Text::from(result), words, known: lexer.known, uses: lexer.uses })
}

pub(super) struct Lexer<'a> {
    pub(super) text: &'a str,
    pub(super) position: usize,
    pub(super) options: Options,
    pub(super) environment: &'a dyn Environment,
    pub(super) depth: u32,
    /// The word being gathered. Shared by nested calls as in BuildKit, where a nested `${x:-y}`
    /// drops what the word held before it.
    word: String,
    in_word: bool,
    pub(super) known: bool,
    pub(super) expanded: usize,
    pub(super) uses: Vec<VariableUse>,
}

impl Lexer<'_> {
    pub(super) fn peek(&self) -> Option<char> {
        self.text.get(self.position..)?.chars().next()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let ch = self.peek()?;
        self.position += ch.len_utf8();
        Some(ch)
    }

    pub(super) fn error<T>(&self, start: usize, message: impl Into<String>) -> Result<T, LexError> {
        let range = start as u32..self.position.max(start) as u32;
        Err(LexError { open_quote: false, message: message.into(), range })
    }

    fn open_quote<T>(&self, start: usize, which: &str) -> Result<T, LexError> {
        let range = start as u32..self.position.max(start) as u32;
        let message = format!("a {which} quote opens here and never closes");
        Err(LexError { open_quote: true, message, range })
    }

    fn add_char(&mut self, ch: char, words: &mut Vec<String>) {
        if !ch.is_whitespace() {
            self.word.push(ch);
            self.in_word = true;
        } else if self.in_word && !self.word.is_empty() {
            words.push(std::mem::take(&mut self.word));
            self.in_word = false;
        }
    }

    fn add_raw(&mut self, text: &str) {
        self.word.push_str(text);
        self.in_word = true;
    }

    pub(super) fn until(
        &mut self,
        stop: Option<char>,
        raw_escapes: bool,
    ) -> Result<(String, Vec<String>), LexError> {
        let start = self.position;
        let outer_raw = std::mem::replace(&mut self.options.raw_escapes, raw_escapes);
        self.word.clear();
        self.in_word = false;
        let mut result = String::new();
        let mut words = Vec::new();
        while let Some(ch) = self.peek() {
            if Some(ch) == stop {
                self.next();
                words.extend(self.take_word());
                self.options.raw_escapes = outer_raw;
                return Ok((result, words));
            }
            match ch {
                '$' => {
                    let value = self.dollar()?;
                    result.push_str(&value);
                    value.chars().for_each(|ch| self.add_char(ch, &mut words));
                }
                '<' => {
                    let token = self.possible_heredoc();
                    result.push_str(&token);
                    self.add_raw(&token);
                }
                '\'' if !self.options.ignore_quotes => {
                    let quoted = self.single_quoted()?;
                    result.push_str(&quoted);
                    self.add_raw(&quoted);
                }
                '"' if !self.options.ignore_quotes => {
                    let quoted = self.double_quoted()?;
                    result.push_str(&quoted);
                    self.add_raw(&quoted);
                }
                _ => self.ordinary(&mut result, &mut words),
            }
        }
        match stop {
            Some(stop) => self.error(
                start,
                format!("unexpected end of statement while looking for matching {stop}"),
            ),
            None => {
                words.extend(self.take_word());
                self.options.raw_escapes = outer_raw;
                Ok((result, words))
            }
        }
    }

    fn take_word(&mut self) -> Option<String> {
        self.in_word = false;
        (!self.word.is_empty()).then(|| std::mem::take(&mut self.word))
    }

    /// A character without meaning of its own, or an escape and what it protects.
    fn ordinary(&mut self, result: &mut String, words: &mut Vec<String>) {
        let Some(ch) = self.next() else { return };
        if ch != self.options.escape {
            result.push(ch);
            self.add_char(ch, words);
            return;
        }
        let mut protected = [0; 8];
        if self.options.raw_escapes {
            result.push(ch);
            self.add_raw(ch.encode_utf8(&mut protected));
        }
        if let Some(escaped) = self.next() {
            result.push(escaped);
            self.add_raw(escaped.encode_utf8(&mut protected));
        }
    }

    fn single_quoted(&mut self) -> Result<String, LexError> {
        let start = self.position;
        self.next();
        let rest = self.text.get(self.position..).unwrap_or_default();
        let Some(length) = rest.find('\'') else {
            self.position = self.text.len();
            return self.open_quote(start, "single");
        };
        let inside = rest.get(..length).unwrap_or_default();
        self.position += length + 1;
        Ok(if self.options.raw_quotes { format!("'{inside}'") } else { inside.to_owned() })
    }

    fn double_quoted(&mut self) -> Result<String, LexError> {
        let start = self.position;
        self.next();
        let mut result = String::new();
        if self.options.raw_quotes {
            result.push('"');
        }
        loop {
            match self.peek() {
                None => return self.open_quote(start, "double"),
                Some('"') => {
                    self.next();
                    if self.options.raw_quotes {
                        result.push('"');
                    }
                    return Ok(result);
                }
                Some('$') => {
                    let value = self.dollar()?;
                    result.push_str(&value);
                }
                Some(ch) => {
                    self.next();
                    if ch != self.options.escape {
                        result.push(ch);
                        continue;
                    }
                    if self.options.raw_escapes {
                        result.push(ch);
                    }
                    match self.peek() {
                        None => {}
                        Some(next) if matches!(next, '"' | '$') || next == self.options.escape => {
                            self.next();
                            result.push(next);
                        }
                        Some(_) => result.push(ch),
                    }
                }
            }
        }
    }

    fn possible_heredoc(&mut self) -> String {
        self.next();
        let mut token = String::from("<");
        if self.peek() == Some('<') {
            self.next();
            token.push('<');
            while let Some(blank @ (' ' | '\t' | '\r')) = self.peek() {
                self.next();
                token.push(blank);
            }
        }
        token
    }
}
