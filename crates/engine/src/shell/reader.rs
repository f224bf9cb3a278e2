//! The tolerant shell reader: one pass, one flat list of simple commands.
//!
//! Compound commands need no tree here: `if`, `for`, `while`, `case` and braces are passed over,
//! and the commands inside them are listed like all others.

use super::{Command, Joint, Redirect, Script, ShellWord};
use crate::source::Span;
use crate::text::Text;
use std::ops::Range;

/// Deepest nesting of `( )` and `$( )` that is followed; deeper text is passed over as plain.
const MAX_DEPTH: u32 = 64;

pub(super) fn read(text: &Text, place: &dyn Fn(&Range<u32>) -> Span) -> Script {
    let mut reader = Reader {
        text,
        shared: text,
        position: 0,
        place,
        depth: 0,
        substitution: false,
        commands: Vec::new(),
        heredocs: Vec::new(),
    };
    reader.list(None);
    reader.commands.sort_by_key(|command| (command.span.start, command.depth));
    Script { commands: reader.commands }
}

struct Reader<'a> {
    text: &'a str,
    /// The same text, for plain words to share.
    shared: &'a Text,
    position: usize,
    place: &'a dyn Fn(&Range<u32>) -> Span,
    depth: u32,
    substitution: bool,
    commands: Vec<Command>,
    /// Heredocs whose bodies start at the next line: name, and whether leading tabs are cut.
    heredocs: Vec<(String, bool)>,
}

/// The command being read, and where its list stands.
struct Pending {
    assignments: Vec<ShellWord>,
    words: Vec<ShellWord>,
    redirects: Vec<Redirect>,
    joint: Joint,
    /// Nested `case ... esac`, and whether the innermost waits for a pattern.
    cases: u32,
    pattern: bool,
}

impl Pending {
    fn new() -> Self {
        Self {
            assignments: Vec::new(),
            words: Vec::new(),
            redirects: Vec::new(),
            joint: Joint::First,
            cases: 0,
            pattern: false,
        }
    }

    fn is_empty(&self) -> bool {
        self.assignments.is_empty() && self.words.is_empty() && self.redirects.is_empty()
    }
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.position..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let ch = self.peek()?;
        self.position += ch.len_utf8();
        Some(ch)
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.position += token.len();
        }
        found
    }

    fn span(&self, start: usize) -> Span {
        (self.place)(&(start as u32..self.position as u32))
    }

    /// Reads commands up to `stop` (`)` or a backtick), or to the end of the text.
    fn list(&mut self, stop: Option<char>) {
        let mut pending = Pending::new();
        while let Some(ch) = self.peek() {
            if Some(ch) == stop && !(ch == ')' && pending.pattern) {
                self.next();
                break;
            }
            match ch {
                ' ' | '\t' | '\r' => {
                    self.next();
                }
                '\\' if self.eat("\\\n") || self.eat("\\\r\n") => {}
                '\n' => {
                    self.next();
                    self.end(&mut pending, Joint::Then);
                    self.skip_heredocs();
                }
                ';' => {
                    let ends_branch = self.eat(";;");
                    if !ends_branch {
                        self.next();
                    }
                    self.end(&mut pending, Joint::Then);
                    pending.pattern = ends_branch && pending.cases > 0;
                }
                '&' if self.eat("&&") => self.end(&mut pending, Joint::And),
                '&' if self.rest().starts_with("&>") => self.redirect(&mut pending, String::new()),
                '&' => {
                    self.next();
                    self.end(&mut pending, Joint::Then);
                }
                '|' if self.eat("||") => self.end(&mut pending, Joint::Or),
                '|' => {
                    if !self.eat("|&") {
                        self.next();
                    }
                    if !pending.pattern {
                        self.end(&mut pending, Joint::Pipe);
                    }
                }
                '(' => self.parenthesis(&mut pending),
                ')' => {
                    self.next();
                    // The end of a pattern of `case`; anywhere else it is a stray one.
                    pending.words.clear();
                    pending.pattern = false;
                }
                '<' | '>' => self.redirect(&mut pending, String::new()),
                '#' => {
                    let length = self.rest().find('\n').unwrap_or(self.rest().len());
                    self.position += length;
                }
                _ => self.word_in(&mut pending),
            }
        }
        self.end(&mut pending, Joint::Then);
    }

    fn end(&mut self, pending: &mut Pending, next: Joint) {
        let fresh = Pending {
            joint: next,
            cases: pending.cases,
            pattern: pending.pattern,
            ..Pending::new()
        };
        if pending.is_empty() {
            // `&& \n` and the like: the joint that was written first counts.
            if pending.joint == Joint::First || next != Joint::Then {
                pending.joint = if pending.joint == Joint::First { Joint::First } else { next };
            }
            return;
        }
        let done = std::mem::replace(pending, fresh);
        let targets = done.redirects.iter().map(|redirect| redirect.target.span);
        let words = done.assignments.iter().chain(&done.words).map(|word| word.span);
        let Some(span) = words.chain(targets).reduce(Span::cover) else { return };
        self.commands.push(Command {
            assignments: done.assignments,
            words: done.words,
            redirects: done.redirects,
            span,
            joint: done.joint,
            depth: self.depth,
            substitution: self.substitution,
        });
    }

    /// `( list )`, or `name()` of a function.
    fn parenthesis(&mut self, pending: &mut Pending) {
        self.next();
        if !pending.words.is_empty() {
            self.eat(")");
            pending.words.clear();
            return;
        }
        if !pending.pattern {
            self.nested(Some(')'), self.substitution);
        }
    }

    fn nested(&mut self, stop: Option<char>, substitution: bool) {
        if self.depth >= MAX_DEPTH {
            return;
        }
        let outer = std::mem::replace(&mut self.substitution, substitution);
        self.depth += 1;
        self.list(stop);
        self.depth -= 1;
        self.substitution = outer;
    }

    fn word_in(&mut self, pending: &mut Pending) {
        let start = self.position;
        let word = self.word();
        if self.position == start {
            self.next();
            return;
        }
        let digits = word.text.bytes().all(|byte| byte.is_ascii_digit());
        if digits && word.literal && matches!(self.peek(), Some('<' | '>')) {
            self.redirect(pending, word.text.to_string());
            return;
        }
        if pending.pattern {
            if word.text == "esac" {
                pending.cases = pending.cases.saturating_sub(1);
                pending.pattern = false;
            }
            return;
        }
        if !pending.words.is_empty() {
            pending.words.push(word);
            return;
        }
        match word.text.as_str() {
            "if" | "then" | "elif" | "else" | "fi" | "while" | "until" | "do" | "done" | "{"
            | "}" | "!" | "time"
                if word.literal => {}
            "for" | "select" if word.literal => self.skip_words(),
            "case" if word.literal => {
                self.skip_until_in();
                pending.cases += 1;
                pending.pattern = true;
            }
            "esac" if pending.cases > 0 => pending.cases -= 1,
            text if is_assignment(text) => pending.assignments.push(word),
            _ => pending.words.push(word),
        }
    }

    /// Passes over the words of `for x in a b c`.
    fn skip_words(&mut self) {
        while let Some(ch) = self.peek().filter(|ch| !matches!(ch, ';' | '\n' | ')')) {
            let start = self.position;
            if matches!(ch, ' ' | '\t' | '\r') {
                self.next();
            } else {
                self.word();
            }
            if self.position == start {
                self.next();
            }
        }
    }

    /// Passes over `WORD in` of `case WORD in`.
    fn skip_until_in(&mut self) {
        while let Some(ch) = self.peek().filter(|ch| *ch != ';') {
            let start = self.position;
            if ch.is_whitespace() {
                self.next();
            } else if self.word().text == "in" {
                return;
            }
            if self.position == start {
                self.next();
            }
        }
    }

    fn redirect(&mut self, pending: &mut Pending, number: String) {
        const OPERATORS: [&str; 11] =
            ["&>>", "&>", "<<<", "<<-", "<<", "<>", "<&", ">>", ">&", ">|", "<"];
        let operator = OPERATORS.into_iter().find(|operator| self.eat(operator));
        let operator = operator.unwrap_or_else(|| {
            self.next();
            ">"
        });
        if matches!(operator, "<" | ">") && self.peek() == Some('(') {
            // Process substitution: a file name to the command, commands to us.
            self.next();
            self.nested(Some(')'), true);
            return;
        }
        while let Some(' ' | '\t') = self.peek() {
            self.next();
        }
        let target = self.word();
        if matches!(operator, "<<" | "<<-") {
            self.heredocs.push((target.text.to_string(), operator == "<<-"));
        }
        pending.redirects.push(Redirect { operator: number + operator, target });
    }

    /// At the start of a line: passes over the bodies of the heredocs announced on the last one.
    fn skip_heredocs(&mut self) {
        for (name, chomp) in std::mem::take(&mut self.heredocs) {
            while self.position < self.text.len() {
                let rest = self.rest();
                let length = rest.find('\n').map_or(rest.len(), |end| end + 1);
                let line = rest.get(..length).unwrap_or_default().trim_end_matches(['\r', '\n']);
                let found = name == if chomp { line.trim_start_matches('\t') } else { line };
                self.position += length;
                if found {
                    break;
                }
            }
        }
    }

    fn word(&mut self) -> ShellWord {
        let start = self.position;
        let special = |ch: char| matches!(ch, '\\' | '\'' | '"' | '$' | '`') || is_end(ch);
        let plain = self.rest().find(special).unwrap_or(self.rest().len());
        self.position += plain;
        if self.peek().is_none_or(is_end) {
            let range = start as u32..self.position as u32;
            return ShellWord {
                text: self.shared.slice(&range),
                span: self.span(start),
                literal: true,
            };
        }
        let mut text = self.text.get(start..self.position).unwrap_or_default().to_owned();
        let mut literal = true;
        while let Some(ch) = self.peek().filter(|ch| !is_end(*ch)) {
            match ch {
                '\\' => {
                    self.next();
                    match self.next() {
                        Some('\n') | None => {}
                        Some(escaped) => text.push(escaped),
                    }
                }
                '\'' => {
                    self.next();
                    let length = self.rest().find('\'').unwrap_or(self.rest().len());
                    text.push_str(self.rest().get(..length).unwrap_or_default());
                    self.position += length;
                    self.next();
                }
                '"' => literal &= self.double_quoted(&mut text),
                '$' | '`' => literal &= self.expansion(&mut text),
                _ => {
                    self.next();
                    text.push(ch);
                }
            }
        }
        ShellWord { text: Text::from(text), span: self.span(start), literal }
    }

    /// `"..."`; returns whether nothing in it is expanded.
    fn double_quoted(&mut self, text: &mut String) -> bool {
        let mut literal = true;
        self.next();
        while let Some(ch) = self.peek() {
            match ch {
                '"' => {
                    self.next();
                    break;
                }
                '\\' => {
                    self.next();
                    match self.next() {
                        Some('\n') | None => {}
                        Some(escaped @ ('"' | '\\' | '$' | '`')) => text.push(escaped),
                        Some(other) => text.extend(['\\', other]),
                    }
                }
                '$' | '`' => literal &= self.expansion(text),
                _ => {
                    self.next();
                    text.push(ch);
                }
            }
        }
        literal
    }

    /// `$x`, `${...}`, `$(...)`, `$((...))` or backticks, kept as written; returns false if it is
    /// one of them, and true for a lone `$`.
    fn expansion(&mut self, text: &mut String) -> bool {
        let start = self.position;
        if self.eat("`") {
            self.nested(Some('`'), true);
        } else if self.eat("$((") {
            self.balanced('(', ')', 2);
        } else if self.eat("$(") {
            self.nested(Some(')'), true);
        } else if self.eat("${") {
            self.balanced('{', '}', 1);
        } else {
            self.next();
            let name = |ch: char| !ch.is_ascii_alphanumeric() && ch != '_';
            let length = self.rest().find(name).unwrap_or(self.rest().len());
            let special = |ch: char| "@*#?-$!".contains(ch);
            self.position += match self.peek() {
                Some(ch) if length == 0 && special(ch) => 1,
                _ => length,
            };
        }
        text.push_str(self.text.get(start..self.position).unwrap_or_default());
        self.position == start + 1
    }

    /// Passes over text until `depth` closing characters without partner.
    fn balanced(&mut self, open: char, close: char, mut depth: u32) {
        while let Some(ch) = self.next() {
            if ch == '\\' {
                self.next();
            } else if ch == open {
                depth += 1;
            } else if ch == close {
                depth -= 1;
                if depth == 0 {
                    return;
                }
            }
        }
    }
}

/// Whether a character ends a word.
const fn is_end(ch: char) -> bool {
    matches!(ch, ' ' | '\t' | '\r' | '\n' | ';' | '&' | '|' | '<' | '>' | '(' | ')')
}

fn is_assignment(text: &str) -> bool {
    let Some((name, _)) = text.split_once('=') else { return false };
    let name = name.strip_suffix('+').unwrap_or(name);
    name.starts_with(|ch: char| ch.is_ascii_alphabetic() || ch == '_')
        && name.chars().all(|ch| ch.is_ascii_alphanumeric() || ch == '_')
}
