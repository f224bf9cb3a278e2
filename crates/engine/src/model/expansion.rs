//! What the words of an instruction say after expansion, and which variables they use.

use super::scope::{Environ, Scope};
use crate::source::Span;
use crate::syntax::words::{LexError, Options, Processed};
use crate::syntax::{LogicalLine, Refusal, RefusalKind, Word};
use crate::text::Text;

/// A word after expansion.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Expanded {
    /// Where the word stands.
    span: Span,
    /// What it says; `None` where that cannot be told.
    text: Option<Text>,
}

/// A use of a variable, whether it is defined or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariableUse {
    /// Its name.
    pub name: String,
    /// Where it stands, `$` included.
    pub span: Span,
    /// Whether it is set or declared there.
    pub defined: bool,
    /// Whether a modifier such as `:-` says what happens without it.
    pub has_fallback: bool,
}

/// A variable that nobody defines, at the place where it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undefined {
    /// Its name.
    pub name: String,
    /// Where it stands, `$` included.
    pub span: Span,
    /// Whether a modifier such as `:-` provides for that.
    pub has_fallback: bool,
    /// A defined name that is spelled nearly alike.
    pub suggestion: Option<String>,
    /// Whether FROM would see it: an ARG before the first FROM, or one that BuildKit predefines.
    pub global: bool,
}

impl Undefined {
    /// The name without `$` and braces.
    pub fn name_span(&self, text: &str) -> Option<Span> {
        let length = self.name.len() as u32;
        let signs = if self.span.len() > length + 1 { 2 } else { 1 };
        let start = self.span.start + signs;
        let place = Span::new(start, start + length);
        (place.of(text) == self.name).then_some(place)
    }
}

/// Everything that expansion found out about one instruction.
#[derive(Debug, Clone, Default)]
pub struct Expansion {
    /// Of a RUN: variables that only cargo reads, where it runs.
    pub(super) of_cargo: Environ,
    /// Of a RUN: known values of variables that it hands on to a program.
    pub(super) handed_on: Vec<(String, String)>,
    /// The words that expansion changes, sorted by place; all others say what is written.
    words: Vec<Expanded>,
    /// Variables, in the order of the words.
    pub uses: Vec<VariableUse>,
    /// Variables that nobody defines.
    pub undefined: Vec<Undefined>,
    /// Of an ENV: variables that another pair of the same ENV sets, which is too late for this one.
    pub set_beside: Vec<VariableUse>,
    /// Of a RUN: variables of its script that nothing sets; those that are global, an ARG would bring.
    pub hidden: Vec<Undefined>,
    /// Words that cannot be expanded.
    pub errors: Vec<Refusal>,
}

impl Expansion {
    /// Expands `word` in `scope` and takes note of what came out.
    pub fn add(
        &mut self,
        word: &Word,
        line: &LogicalLine,
        scope: &Scope,
        escape: char,
    ) -> Processed {
        self.add_with(word, line, scope, Options::expand(escape))
    }

    /// The same under special options.
    pub fn add_with(
        &mut self,
        word: &Word,
        line: &LogicalLine,
        scope: &Scope,
        options: Options,
    ) -> Processed {
        let place = |range: &std::ops::Range<u32>| word.part(line, range);
        let outcome = scope.expand_with(&word.text, options);
        self.record(word.span, &word.text, outcome, scope, place)
    }

    /// Takes note of an expansion of the text that is `written` at `span`; `place` finds parts of
    /// that text.
    pub fn record(
        &mut self,
        span: Span,
        written: &str,
        outcome: Result<Processed, LexError>,
        scope: &Scope,
        place: impl Fn(&std::ops::Range<u32>) -> Span,
    ) -> Processed {
        let processed = match outcome {
            Ok(processed) => processed,
            Err(error) => {
                let kind = if error.open_quote {
                    RefusalKind::OpenQuote
                } else {
                    RefusalKind::Substitution
                };
                self.errors.push(Refusal::new(kind, place(&error.range), error.message));
                Processed::default()
            }
        };
        for variable in &processed.uses {
            let (span, has_fallback) = (place(&variable.range), variable.has_fallback);
            let (name, defined) = (variable.name.clone(), variable.defined);
            if !defined {
                let (name, suggestion) = (name.clone(), scope.suggest(&name));
                let global = false;
                self.undefined.push(Undefined { name, span, has_fallback, suggestion, global });
            }
            self.uses.push(VariableUse { name, span, defined, has_fallback });
        }
        if !processed.known || processed.text != written {
            let text = processed.known.then(|| processed.text.clone());
            let place = self.words.partition_point(|word| word.span <= span);
            self.words.insert(place, Expanded { span, text });
        }
        processed
    }

    /// Whether the variable at `span` is one that another pair of the same ENV sets.
    pub fn is_set_beside(&self, span: Span) -> bool {
        self.set_beside.binary_search_by_key(&span, |variable| variable.span).is_ok()
    }

    /// The known value of a variable that a RUN hands on to a program, as in `CGO_ENABLED=$CGO`.
    pub fn used_value(&self, name: &str) -> Option<String> {
        self.handed_on.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }

    /// Whether there was nothing to note.
    pub(super) fn is_empty(&self) -> bool {
        let handed_on = !self.of_cargo.is_empty() || !self.handed_on.is_empty();
        let noted = !self.words.is_empty() || !self.uses.is_empty() || !self.errors.is_empty();
        !handed_on && !noted && self.hidden.is_empty()
    }

    /// What a word says, if that is known.
    pub fn text<'s>(&'s self, word: &'s Word) -> Option<&'s str> {
        match self.words.binary_search_by_key(&word.span, |expanded| expanded.span) {
            Ok(index) => self.words.get(index)?.text.as_deref(),
            Err(_) => Some(&word.text),
        }
    }
}
