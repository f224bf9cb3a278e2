//! `$name`, and `${name}` with all of its modifiers, as BuildKit's shell lexer expands them.
//!
//! Follows `processDollar` and `processName` in `frontend/dockerfile/shell/lex.go`.

use super::pattern::{self, PatternError};
use super::words::{LexError, Lexer, Value, VariableUse};

/// Deepest nesting of `${a:-${b:-...}}` that is followed.
const MAX_DEPTH: u32 = 64;
/// Most bytes that variables may add to one text; `ENV A=$A$A` doubles with every line.
const MAX_EXPANSION: usize = 16 * 1024;

impl Lexer<'_> {
    fn name(&mut self) -> String {
        let mut name = String::new();
        while let Some(ch) = self.peek() {
            if name.is_empty() && ch.is_numeric() {
                while let Some(digit) = self.peek().filter(|ch| ch.is_numeric()) {
                    self.next();
                    name.push(digit);
                }
                return name;
            }
            if name.is_empty() && matches!(ch, '@' | '*' | '#' | '?' | '-' | '$' | '!') {
                self.next();
                return ch.to_string();
            }
            if !ch.is_alphanumeric() && ch != '_' {
                break;
            }
            self.next();
            name.push(ch);
        }
        name
    }

    /// `$name` or `${name...}`.
    pub(super) fn dollar(&mut self) -> Result<String, LexError> {
        let start = self.position;
        self.next();
        if self.peek() != Some('{') {
            let name = self.name();
            if name.is_empty() {
                return Ok("$".to_owned());
            }
            let value = self.look_up(&name, start, false);
            return Ok(self.plain(value, || format!("${name}")));
        }
        self.next();
        match self.peek() {
            None => return self.error(start, "`${` has no closing `}`"),
            Some('{' | '}' | ':') => {
                self.next();
                return self.error(start, "`${` must be followed by the name of a variable");
            }
            Some(_) => {}
        }
        let name = self.name();
        match self.next() {
            Some('}') => {
                let value = self.look_up(&name, start, false);
                Ok(self.plain(value, || format!("${{{name}}}")))
            }
            Some(':') => {
                let modifier = self.next();
                self.modified(start, &name, modifier, true)
            }
            Some('/') => self.replaced(start, &name),
            modifier => self.modified(start, &name, modifier, false),
        }
    }

    /// The text of an unmodified variable.
    fn plain(&self, value: Found, spelled: impl FnOnce() -> String) -> String {
        match value {
            Found::Text(text) => text,
            Found::Nothing if self.options.skip_unset => spelled(),
            Found::Nothing => String::new(),
        }
    }

    fn modified(
        &mut self,
        start: usize,
        name: &str,
        modifier: Option<char>,
        colon: bool,
    ) -> Result<String, LexError> {
        let Some(modifier) = modifier else {
            return self.error(start, "`${` has no closing `}`");
        };
        let spelled = format!("{}{modifier}", if colon { ":" } else { "" });
        let strips = matches!(modifier, '#' | '%');
        if !matches!(modifier, '+' | '-' | '?' | '#' | '%') || (colon && strips) {
            return self
                .error(start, format!("unsupported modifier `{spelled}` in `${{{name}...}}`"));
        }
        let word = self.nested('}', strips, start, "}")?;
        let known_before = self.known;
        let value = self.look_up(name, start, !strips);
        let set = match &value {
            Found::Text(text) => !colon || !text.is_empty(),
            Found::Nothing => false,
        };
        if self.options.skip_unset && matches!(value, Found::Nothing) {
            return Ok(format!("${{{name}{spelled}{word}}}"));
        }
        match modifier {
            '-' if set => Ok(self.plain(value, String::new)),
            // The fallback is certain even if the variable is only declared.
            '-' => {
                self.known = known_before;
                Ok(word)
            }
            '+' if set => Ok(word),
            '+' => Ok(String::new()),
            '?' if set || !known_before || !self.known => Ok(self.plain(value, String::new)),
            '?' => {
                let state = if colon { "empty" } else { "unset" };
                let reason = format!("is not allowed to be {state}");
                let reason = if word.is_empty() { &reason } else { &word };
                self.error(start, format!("{name}: {reason}"))
            }
            _ => {
                let greedy = word.starts_with(modifier);
                let pattern = if greedy { word.get(1..).unwrap_or_default() } else { &word };
                let text = self.plain(value, String::new);
                let trimmed = if modifier == '%' {
                    pattern::trim_suffix(&text, pattern, greedy)
                } else {
                    pattern::trim_prefix(&text, pattern, greedy)
                };
                self.matched(trimmed, start)
            }
        }
    }

    /// `${name/pattern/replacement}` and `${name//pattern/replacement}`.
    fn replaced(&mut self, start: usize, name: &str) -> Result<String, LexError> {
        let all = self.peek() == Some('/');
        if all {
            self.next();
        }
        let pattern = self.nested('/', true, start, "/")?;
        let replacement = self.nested('}', true, start, "}")?;
        let value = self.look_up(name, start, false);
        if self.options.skip_unset && matches!(value, Found::Nothing) {
            return Ok(format!("${{{name}/{pattern}/{replacement}}}"));
        }
        let text = self.plain(value, String::new);
        self.matched(pattern::replace(&text, &pattern, &replacement, all), start)
    }

    fn matched(
        &mut self,
        result: Result<String, PatternError>,
        start: usize,
    ) -> Result<String, LexError> {
        match result {
            Ok(text) => Ok(text),
            Err(PatternError::TooLong) => {
                self.known = false;
                Ok(String::new())
            }
            Err(PatternError::Escape(ch)) => {
                self.error(start, format!("invalid escape `\\{ch}` in the pattern"))
            }
        }
    }

    /// The part of `${...}` up to `stop`, itself expanded.
    fn nested(
        &mut self,
        stop: char,
        raw_escapes: bool,
        start: usize,
        missing: &str,
    ) -> Result<String, LexError> {
        if self.depth >= MAX_DEPTH {
            self.position = self.text.len();
            return self.error(start, "`${...}` is nested too deeply");
        }
        self.depth += 1;
        let result = self.until(Some(stop), raw_escapes);
        self.depth -= 1;
        match result {
            Ok((text, _)) => Ok(text),
            Err(_) if self.peek().is_none() => {
                self.error(start, format!("`${{` has no closing `{missing}`"))
            }
            Err(error) => Err(error),
        }
    }

    fn look_up(&mut self, name: &str, start: usize, has_fallback: bool) -> Found {
        let value = self.environment.get(name);
        let defined = !matches!(value, Value::Unset);
        let found = match value {
            Value::Known(text) if self.expanded + text.len() <= MAX_EXPANSION => {
                self.expanded += text.len();
                Found::Text(text.to_owned())
            }
            Value::Known(_) | Value::Unknown => {
                self.known = false;
                Found::Text(String::new())
            }
            Value::Declared => {
                self.known = false;
                Found::Nothing
            }
            Value::Unset => Found::Nothing,
        };
        self.uses.push(VariableUse {
            name: name.to_owned(),
            range: start as u32..self.position as u32,
            defined,
            has_fallback,
        });
        found
    }
}

/// A look-up as the lexer needs it.
enum Found {
    Text(String),
    Nothing,
}
