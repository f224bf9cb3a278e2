//! The tolerant shell reader: one pass, one flat list of simple commands.
//!
//! Compound commands need no tree here: `if`, `for`, `while`, `case` and braces are passed over,
//! and the commands inside them are listed like all others.

use super::command::Names;
use super::{Command, Joint, Redirect, Script, ShellVariable, ShellWord, Stray, StrayPlace};
use crate::order;
use crate::source::Span;
use crate::text::Text;
use std::ops::Range;

/// Deepest nesting of `( )`, `$( )`, `${ }` and the like that is followed; deeper text is passed
/// over as plain.
pub(super) const MAX_NESTING: u32 = 64;

pub(super) fn read(text: &Text, place: &dyn Fn(&Range<u32>) -> Span) -> Script {
    let mut reader = Reader {
        text,
        shared: text,
        position: 0,
        place,
        nesting: 0,
        depth: 0,
        lists: 0,
        substitution: false,
        backticks: false,
        whole: true,
        variables: Vec::new(),
        loops: Vec::new(),
        commands: Vec::new(),
        heredocs: Vec::new(),
        buffer: String::new(),
        near_ends: Vec::new(),
        last: Last::Start,
        strays: Vec::new(),
    };
    reader.list(None, 0);
    order::by_number(&mut reader.commands, |command| {
        u64::from(command.span.start) << 32 | u64::from(command.depth)
    });
    reader.commands.shrink_to_fit();
    let Reader { commands, variables, loops, near_ends, strays, whole, .. } = reader;
    let mut script =
        Script { commands, variables, loops, near_ends, strays, whole, ..Script::default() };
    script.sum_up();
    script
}

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    /// The same text, for plain words to share.
    pub(super) shared: &'a Text,
    pub(super) position: usize,
    place: &'a dyn Fn(&Range<u32>) -> Span,
    pub(super) nesting: u32,
    depth: u32,
    /// How many lists have been opened so far.
    lists: u32,
    substitution: bool,
    /// Whether the list stands in backticks, so that the next one closes it.
    pub(super) backticks: bool,
    /// Whether everything that was opened has been closed.
    pub(super) whole: bool,
    pub(super) variables: Vec<ShellVariable>,
    pub(super) loops: Vec<Text>,
    commands: Vec<Command>,
    /// Heredocs whose bodies start at the next line: name, and whether leading tabs are cut.
    heredocs: Vec<(String, bool)>,
    /// Where words with quotes or expansions are put together.
    pub(super) buffer: String,
    near_ends: Vec<Span>,
    last: Last,
    strays: Vec<Stray>,
}

/// What was read last, blanks aside.
#[derive(Clone, Copy)]
enum Last {
    /// Nothing yet.
    Start,
    /// An operator, and whether a list may end in it.
    Operator(Span, bool),
    /// Anything else.
    Word,
}

/// The command being read, and where its list stands.
pub(super) struct Pending {
    assignments: Vec<ShellWord>,
    pub(super) words: Vec<ShellWord>,
    redirects: Vec<Redirect>,
    joint: Joint,
    joint_span: Span,
    list: u32,
    /// Whether `)`, `}`, `fi`, `done` or `esac` stands before it, so that only redirections can
    /// follow.
    closed: bool,
    /// Nested `if`, `for`, `while`, `case` and braces.
    blocks: u32,
    /// Nested `case ... esac`, and whether the innermost waits for a pattern.
    cases: u32,
    pattern: bool,
}

impl Pending {
    const fn new(list: u32, start: Span) -> Self {
        Self {
            assignments: Vec::new(),
            words: Vec::new(),
            redirects: Vec::new(),
            joint: Joint::First,
            joint_span: start,
            list,
            closed: false,
            blocks: 0,
            cases: 0,
            pattern: false,
        }
    }

    const fn is_empty(&self) -> bool {
        self.assignments.is_empty()
            && self.words.is_empty()
            && (self.redirects.is_empty() || self.closed)
    }

    const fn close(&mut self) {
        self.blocks = self.blocks.saturating_sub(1);
        self.closed = true;
    }
}

impl Reader<'_> {
    pub(super) fn rest(&self) -> &str {
        self.text.get(self.position..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        let byte = *self.text.as_bytes().get(self.position)?;
        if byte.is_ascii() { Some(char::from(byte)) } else { self.rest().chars().next() }
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let ch = self.peek()?;
        self.position += ch.len_utf8();
        Some(ch)
    }

    pub(super) fn eat(&mut self, token: &str) -> bool {
        let rest = self.text.as_bytes().get(self.position..).unwrap_or_default();
        let found = rest.starts_with(token.as_bytes());
        if found {
            self.position += token.len();
        }
        found
    }

    pub(super) fn span(&self, start: usize) -> Span {
        (self.place)(&(start as u32..self.position as u32))
    }

    /// Reads commands up to `stop` (`)` or a backtick), or to the end of the text.
    fn list(&mut self, stop: Option<char>, number: u32) {
        let mut pending = Pending::new(number, self.span(self.position));
        let mut stopped = stop.is_none();
        self.last = Last::Start;
        while let Some(ch) = self.peek() {
            let start = self.position;
            if Some(ch) == stop && !(ch == ')' && pending.pattern) {
                self.next();
                stopped = true;
                break;
            }
            match ch {
                ' ' | '\t' | '\r' => {
                    self.next();
                }
                '\\' if self.eat("\\\n") || self.eat("\\\r\n") => {}
                '\n' => {
                    self.next();
                    self.end(&mut pending, Joint::Then, start);
                    self.skip_heredocs();
                }
                ';' => {
                    let ends_branch = self.eat(";;") || self.rest().starts_with(";&");
                    self.eat(";");
                    ends_branch.then(|| self.eat("&"));
                    self.end(&mut pending, Joint::Then, start);
                    if ends_branch {
                        self.last = Last::Word;
                    } else {
                        self.operator(start, true, &pending);
                    }
                    pending.pattern = ends_branch && pending.cases > 0;
                }
                '&' if self.eat("&&") => {
                    self.end(&mut pending, Joint::And, start);
                    self.operator(start, false, &pending);
                }
                '&' if self.rest().starts_with("&>") => self.redirect(&mut pending, String::new()),
                '&' => {
                    self.next();
                    self.end(&mut pending, Joint::Then, start);
                    self.operator(start, true, &pending);
                }
                '|' if self.eat("||") => {
                    self.end(&mut pending, Joint::Or, start);
                    self.operator(start, false, &pending);
                }
                '|' => {
                    if !self.eat("|&") {
                        self.next();
                    }
                    if !pending.pattern {
                        self.end(&mut pending, Joint::Pipe, start);
                        self.operator(start, false, &pending);
                    }
                }
                '(' => self.parenthesis(&mut pending),
                ')' => {
                    self.next();
                    self.last = Last::Word;
                    // The end of a pattern of `case`; anywhere else it is a stray one.
                    pending.words.clear();
                    pending.pattern = false;
                }
                '<' | '>' => self.redirect(&mut pending, String::new()),
                '#' => {
                    let ends = |ch: char| ch == '\n' || (ch == '`' && self.backticks);
                    let length = self.rest().find(ends).unwrap_or(self.rest().len());
                    self.position += length;
                }
                _ => self.word_in(&mut pending),
            }
        }
        let dangling = pending.is_empty() && !pending.closed && is_sign(pending.joint);
        self.whole &= stopped && pending.blocks == 0 && !dangling;
        self.end(&mut pending, Joint::Then, self.position);
        if let Last::Operator(span, false) = self.last {
            self.strays.push(Stray { span, place: StrayPlace::Last });
        }
        self.last = Last::Word;
    }

    /// An operator that starts at `start` has just been read.
    fn operator(&mut self, start: usize, may_end: bool, pending: &Pending) {
        if pending.pattern {
            return;
        }
        let span = self.span(start);
        let place = match self.last {
            Last::Start => Some(StrayPlace::First),
            Last::Operator(before, _) => Some(StrayPlace::Behind(before)),
            Last::Word => None,
        };
        self.strays.extend(place.map(|place| Stray { span, place }));
        self.last = Last::Operator(span, may_end);
    }

    /// Ends a command at a sign that started at `start` and joins the next one to it.
    fn end(&mut self, pending: &mut Pending, next: Joint, start: usize) {
        let joint_span = self.span(start);
        if pending.is_empty() {
            self.whole &= pending.closed || !is_sign(next);
            // `&& \n` and the like: the joint that was written first counts.
            if pending.closed || (pending.joint != Joint::First && next != Joint::Then) {
                (pending.joint, pending.joint_span) = (next, joint_span);
            }
            pending.closed = false;
            pending.redirects.clear();
            return;
        }
        let targets = pending.redirects.iter().map(|redirect| redirect.target.span);
        let words = pending.assignments.iter().chain(&pending.words).map(|word| word.span);
        let Some(span) = words.chain(targets).reduce(Span::cover) else { return };
        // What is filled again and again keeps its room; what stays takes up no more than it needs.
        self.commands.push(Command {
            names: Names::of(&pending.words),
            assignments: pending.assignments.drain(..).collect(),
            words: pending.words.drain(..).collect(),
            redirects: pending.redirects.drain(..).collect(),
            span,
            joint: pending.joint,
            joint_span: pending.joint_span,
            list: pending.list,
            next: None,
            depth: self.depth,
            blocks: pending.blocks,
            substitution: self.substitution,
        });
        (pending.joint, pending.joint_span, pending.closed) = (next, joint_span, false);
    }

    /// `( list )`, `((arithmetic))`, or `name()` of a function.
    fn parenthesis(&mut self, pending: &mut Pending) {
        self.last = Last::Word;
        self.next();
        if !pending.words.is_empty() {
            self.blanks();
            self.whole &= self.eat(")") && pending.words.len() == 1;
            pending.words.clear();
            return;
        }
        if pending.pattern {
            return;
        }
        if self.nesting < MAX_NESTING && self.rest().starts_with('(') && self.is_arithmetic() {
            self.next();
            self.arithmetic();
        } else {
            self.nested(')', self.substitution);
        }
        pending.closed = true;
    }

    pub(super) fn nested(&mut self, stop: char, substitution: bool) {
        if self.nesting >= MAX_NESTING {
            return;
        }
        self.lists += 1;
        let outer = (self.substitution, self.backticks);
        (self.substitution, self.backticks) = (substitution, stop == '`');
        self.depth += 1;
        self.nesting += 1;
        self.list(Some(stop), self.lists);
        self.nesting -= 1;
        self.depth -= 1;
        (self.substitution, self.backticks) = outer;
    }

    pub(super) fn blanks(&mut self) {
        while let Some(' ' | '\t' | '\r') = self.peek() {
            self.next();
        }
    }

    fn word_in(&mut self, pending: &mut Pending) {
        let start = self.position;
        let mut word = self.word();
        self.last = Last::Word;
        if self.position == start {
            self.next();
            return;
        }
        // Without quotes and escapes, so that it may be a reserved word, a number or a name.
        let plain = self.text.get(start..self.position) == Some(word.text.as_str());
        let digits = plain && word.text.bytes().all(|byte| byte.is_ascii_digit());
        if digits && matches!(self.peek(), Some('<' | '>')) {
            self.redirect(pending, word.text.to_string());
            return;
        }
        if pending.pattern {
            if plain && word.text == "esac" {
                pending.cases = pending.cases.saturating_sub(1);
                pending.pattern = false;
                pending.close();
            }
            return;
        }
        if word.text.ends_with('=') && self.peek() == Some('(') && is_assignment(&word.text) {
            self.array();
            let range = start as u32..self.position as u32;
            let text = self.shared.slice(&range);
            word = ShellWord { text, span: self.span(start), literal: false };
        }
        if !pending.words.is_empty() {
            pending.words.push(word);
            return;
        }
        let reserved = plain && pending.assignments.is_empty();
        match word.text.as_str() {
            "then" | "elif" | "else" | "do" | "!" | "time" if reserved => {}
            "if" | "while" | "until" | "{" if reserved => pending.blocks += 1,
            "fi" | "done" | "}" if reserved => pending.close(),
            "for" | "select" if reserved => {
                pending.blocks += 1;
                self.skip_words();
            }
            "function" if reserved => {
                self.blanks();
                self.word();
                self.eat("()");
            }
            "case" if reserved => {
                pending.blocks += 1;
                if self.skip_until_in() {
                    pending.cases += 1;
                    pending.pattern = true;
                }
            }
            "esac" if reserved && pending.cases > 0 => {
                pending.cases -= 1;
                pending.close();
            }
            "[[" if reserved => self.condition(word, pending),
            text if is_assignment(text) => pending.assignments.push(word),
            _ => pending.words.push(word),
        }
    }

    fn redirect(&mut self, pending: &mut Pending, number: String) {
        const OPERATORS: [&str; 11] =
            ["&>>", "&>", "<<<", "<<-", "<<", "<>", "<&", ">>", ">&", ">|", "<"];
        self.last = Last::Word;
        if let Some(word) = self.process() {
            pending.words.push(word);
            return;
        }
        let operator = OPERATORS.into_iter().find(|operator| self.eat(operator));
        let operator = operator.unwrap_or_else(|| {
            self.next();
            ">"
        });
        self.blanks();
        let start = self.position;
        let target = self.process().unwrap_or_else(|| self.word());
        self.whole &= self.position > start;
        if matches!(operator, "<<" | "<<-") {
            self.heredocs.push((target.text.to_string(), operator == "<<-"));
        }
        pending.redirects.push(Redirect { operator: number + operator, target });
    }

    /// `<(list)` or `>(list)`: a file name to the command, commands to us.
    fn process(&mut self) -> Option<ShellWord> {
        let start = self.position;
        if !self.eat("<(") && !self.eat(">(") {
            return None;
        }
        self.nested(')', true);
        let text = self.shared.slice(&(start as u32..self.position as u32));
        Some(ShellWord { text, span: self.span(start), literal: false })
    }

    /// At the start of a line: passes over the bodies of the heredocs announced on the last one.
    fn skip_heredocs(&mut self) {
        for (name, chomp) in std::mem::take(&mut self.heredocs) {
            while self.position < self.text.len() {
                let rest = self.rest();
                let length = rest.find('\n').map_or(rest.len(), |end| end + 1);
                let line = rest.get(..length).unwrap_or_default().trim_end_matches(['\r', '\n']);
                let found = name == if chomp { line.trim_start_matches('\t') } else { line };
                let near = chomp && !found && line.trim() == name;
                let start = self.position;
                self.position += length;
                // With blanks before it, it is no end, though it looks like one.
                if near {
                    self.near_ends.push(self.span(start));
                }
                if found {
                    break;
                }
            }
        }
    }
}

/// Whether a joint wants a command on both sides.
const fn is_sign(joint: Joint) -> bool {
    matches!(joint, Joint::And | Joint::Or | Joint::Pipe)
}

/// Whether a word gives a variable a value: `NAME=...`, `NAME+=...` or `NAME[1]=...`.
fn is_assignment(text: &str) -> bool {
    let Some(sign) = text.bytes().position(|byte| byte == b'=') else { return false };
    let name = text.get(..sign).unwrap_or_default();
    let name = name.strip_suffix('+').unwrap_or(name);
    let name = name.split_once('[').filter(|_| name.ends_with(']')).map_or(name, |(name, _)| name);
    name.starts_with(|ch: char| ch.is_ascii_alphabetic() || ch == '_')
        && name.chars().all(|ch| ch.is_ascii_alphanumeric() || ch == '_')
}
