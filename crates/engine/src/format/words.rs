//! What may change inside of an instruction: the case of keywords, and the gaps between words.

use super::{FormatOptions, KeywordCase, shell};
use crate::order;
use crate::shell::Script;
use crate::source::Span;
use crate::syntax::instruction::Healthcheck;
use crate::syntax::{Body, CommandLine, Instruction, Keyword, LogicalLine, Statement, Word};

/// Blanks between two words, with line ends and comments if the instruction goes on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gap {
    pub(super) span: Span,
    /// Whether a blank belongs there, if it is on one line.
    pub(super) blank: bool,
}

/// What may change, each list sorted by place.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Keywords in another case.
    pub(super) keywords: Vec<(Span, String)>,
    pub(super) gaps: Vec<Gap>,
    /// Where the text for a shell starts; the length of the source if there is none.
    pub(super) shell: u32,
}

pub(super) fn of(
    text: &str,
    instruction: &Instruction,
    known_shell: bool,
    options: &FormatOptions,
) -> Words {
    let line = &instruction.line;
    // Where quotes never close, nobody can say what is inside of them.
    let known_shell =
        known_shell && Script::of(instruction, text).is_some_and(|script| script.whole);
    let words = Words { shell: text.len() as u32, ..Words::default() };
    let mut reader = Reader { text, line, known_shell, options, end: None, words };
    reader.statement(&instruction.statement);
    order::by_span(&mut reader.words.gaps, |gap| gap.span);
    reader.words
}

struct Reader<'a> {
    text: &'a str,
    line: &'a LogicalLine,
    known_shell: bool,
    options: &'a FormatOptions,
    /// Where the word before ends.
    end: Option<u32>,
    words: Words,
}

impl Reader<'_> {
    /// The next word; `blank` says whether one belongs before it.
    fn word(&mut self, span: Span, blank: bool) {
        if let Some(end) = self.end.filter(|end| *end <= span.start) {
            self.words.gaps.push(Gap { span: Span::new(end, span.start), blank });
        }
        self.end = Some(span.end);
    }

    fn keyword(&mut self, span: Span) {
        let word = span.of(self.text);
        let cased = match self.options.keywords {
            KeywordCase::Upper => word.to_ascii_uppercase(),
            KeywordCase::Lower => word.to_ascii_lowercase(),
            KeywordCase::Keep => word.to_owned(),
        };
        if cased != word && !word.contains('\n') {
            self.words.keywords.push((span, cased));
        }
        self.word(span, true);
    }

    fn statement(&mut self, statement: &Statement) {
        if statement.keyword != Keyword::Unknown {
            self.keyword(statement.keyword_word.span);
        }
        for flag in &statement.flags {
            self.word(flag.span, true);
        }
        if statement.arguments.text.is_empty() {
            return;
        }
        self.body(statement);
    }

    fn body(&mut self, statement: &Statement) {
        let whole = statement.arguments.span;
        match &statement.body {
            Body::From(from) => {
                self.word(from.image.span, true);
                if let Some(as_word) = &from.as_word {
                    self.keyword(as_word.span);
                }
                if let Some(name) = &from.name {
                    self.word(name.span, true);
                }
            }
            Body::Add(copy) | Body::Copy(copy) => {
                let mut words: Vec<&Word> = copy.sources.iter().chain(&copy.heredocs).collect();
                words.push(&copy.destination);
                order::by_span(&mut words, |word| word.span);
                if copy.json { self.array(&words, whole) } else { self.list(&words) }
            }
            Body::Volume(words) | Body::Shell(words) | Body::Expose(words) => {
                let is_array = statement.keyword != Keyword::Expose
                    && words.iter().all(|word| word.span.of(self.text).starts_with('"'))
                    && whole.of(self.text).starts_with('[');
                let words: Vec<&Word> = words.iter().collect();
                if is_array { self.array(&words, whole) } else { self.list(&words) }
            }
            Body::Env(pairs) | Body::Label(pairs) if pairs.iter().all(|pair| !pair.legacy) => {
                for pair in pairs {
                    self.word(pair.key.span.cover(pair.value.span), true);
                }
            }
            Body::Arg(declarations) => {
                for found in declarations {
                    let value = found.default.as_ref().map_or(found.name.span, |word| word.span);
                    self.word(found.name.span.cover(value), true);
                }
            }
            Body::Run(command) | Body::Cmd(command) | Body::Entrypoint(command) => {
                self.command(command);
            }
            Body::Healthcheck(healthcheck) => {
                let kind = statement.arguments.text.find(char::is_whitespace);
                let length = kind.unwrap_or(statement.arguments.text.len()) as u32;
                self.keyword(statement.arguments.part(self.line, &(0..length)));
                if let Healthcheck::Command(command) = healthcheck {
                    self.command(command);
                }
            }
            Body::Onbuild(trigger) => self.statement(trigger),
            _ => self.word(whole, true),
        }
    }

    fn list(&mut self, words: &[&Word]) {
        // What almost is a JSON array could become one: a tab inside of it is all that is wrong.
        if words.first().is_some_and(|word| word.text.starts_with('[')) {
            return;
        }
        words.iter().for_each(|word| self.word(word.span, true));
    }

    /// A JSON array with the brackets at the ends of `whole`.
    fn array(&mut self, words: &[&Word], whole: Span) {
        let close = whole.end.saturating_sub(1);
        self.word(Span::new(whole.start, whole.start + 1), true);
        for (index, word) in words.iter().enumerate() {
            if let Some(end) = self.end.filter(|_| index > 0) {
                let between = Span::new(end, word.span.start).of(self.text);
                let Some(comma) = between.find(',') else { return };
                let comma = end + comma as u32;
                self.word(Span::new(comma, comma + 1), false);
            }
            self.word(word.span, index > 0);
        }
        self.word(Span::new(close, whole.end), false);
    }

    fn command(&mut self, command: &CommandLine) {
        match command {
            CommandLine::Exec(words, span) => self.array(&words.iter().collect::<Vec<_>>(), *span),
            CommandLine::Shell(word) => {
                self.word(word.span, true);
                self.words.shell = word.span.start;
                if self.known_shell {
                    let gaps = shell::gaps(self.text, self.line, word);
                    self.words.gaps.extend(gaps.into_iter().map(|span| Gap { span, blank: true }));
                }
            }
            CommandLine::Empty => {}
        }
    }
}
