//! As much of YAML as configuration files use: block and flow sequences and mappings, plain and
//! quoted scalars, comments.
//!
//! What it does not understand becomes a message with a line, and reading goes on behind it.

use super::Message;

/// Deepest nesting that is followed; guards the stack.
const MAX_DEPTH: u32 = 32;

/// A value and the line on which it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) line: u32,
    pub(super) value: Value,
}

/// What stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Null,
    /// Without quotes.
    Plain(String),
    Quoted(String),
    List(Vec<Node>),
    /// In the order of the text; keys may be doubled.
    Map(Vec<(Node, Node)>),
}

/// Reads the first document of `text`.
pub(super) fn parse(text: &str) -> (Node, Vec<Message>) {
    let rest = text.trim_start_matches('\u{feff}');
    let mut reader = Reader {
        rest,
        line: 1,
        column: 0,
        depth: 0,
        flows: 0,
        broken: false,
        messages: Vec::new(),
    };
    while reader.rest.starts_with(['%', '#']) || reader.rest.trim_start().starts_with('#') {
        reader.skip_line();
    }
    if reader.rest.starts_with("---") {
        (reader.rest, reader.column) = (reader.rest.get(3..).unwrap_or_default(), 3);
    }
    let node = reader.block(0);
    reader.skip();
    if !reader.is_at_end() {
        reader.complain("this is not understood where it stands");
    }
    (node, reader.messages)
}

struct Reader<'t> {
    rest: &'t str,
    line: u32,
    /// Characters since the start of the line.
    column: usize,
    depth: u32,
    /// Brackets that are open.
    flows: u32,
    /// Whether one of them cannot close any more, so that none around it can.
    broken: bool,
    messages: Vec<Message>,
}

impl Reader<'_> {
    fn complain(&mut self, text: &str) {
        self.messages.push(Message { line: self.line, text: text.to_owned() });
    }

    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let ch = chars.next()?;
        self.rest = chars.as_str();
        self.column += 1;
        if ch == '\n' {
            (self.line, self.column) = (self.line + 1, 0);
        }
        Some(ch)
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.next();
        }
        found
    }

    /// Whether the document ends here.
    fn is_at_end(&self) -> bool {
        let marker = self.column == 0 && ["---", "..."].iter().any(|m| self.rest.starts_with(m));
        marker || self.rest.is_empty()
    }

    /// Whether `ch` is next, and a blank or nothing behind it.
    fn is_alone(&self, ch: char) -> bool {
        let rest = self.rest.strip_prefix(ch);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
    }

    fn skip_blanks(&mut self) {
        while let Some(' ' | '\t' | '\r') = self.peek() {
            self.next();
        }
    }

    fn skip_line(&mut self) {
        while self.next().is_some_and(|ch| ch != '\n') {}
    }

    /// Goes to the next letter that means something, maybe lines below.
    fn skip(&mut self) {
        loop {
            self.skip_blanks();
            match self.peek() {
                Some('\n') => drop(self.next()),
                Some('#') => self.skip_line(),
                _ => return,
            }
        }
    }

    /// Whether nothing but a comment is left on the line.
    fn is_line_done(&mut self) -> bool {
        let column = self.column;
        self.skip_blanks();
        match self.peek() {
            None | Some('\n') => true,
            Some('#') => self.column > column || column == 0,
            _ => false,
        }
    }

    fn finish_line(&mut self) {
        if !self.is_line_done() {
            self.complain("the end of this line is not understood");
            self.skip_line();
        }
    }

    /// A value that starts at `column` or further in; `Null` if there is none.
    fn block(&mut self, column: usize) -> Node {
        self.skip();
        let line = self.line;
        if self.is_at_end() || self.column < column {
            return Node { line, value: Value::Null };
        }
        if self.depth >= MAX_DEPTH {
            self.complain("this is nested too deeply");
            self.rest = "";
            return Node { line, value: Value::Null };
        }
        self.depth += 1;
        let column = self.column;
        let node = if self.is_alone('-') {
            self.sequence(column)
        } else {
            let first = self.inline(false);
            self.skip_blanks();
            if self.is_alone(':') {
                self.mapping(column, first)
            } else {
                self.finish_line();
                first
            }
        };
        self.depth -= 1;
        node
    }

    fn sequence(&mut self, column: usize) -> Node {
        let line = self.line;
        let mut items = Vec::new();
        while !self.is_at_end() && self.column == column && self.is_alone('-') {
            self.next();
            items.push(self.block(column + 1));
            self.skip();
        }
        Node { line, value: Value::List(items) }
    }

    fn mapping(&mut self, column: usize, first: Node) -> Node {
        let line = first.line;
        let mut entries = Vec::new();
        let mut key = Some(first);
        loop {
            if let Some(key) = key.take() {
                self.next();
                entries.push((key, self.value(column)));
            }
            self.skip();
            if self.is_at_end() || self.column < column {
                return Node { line, value: Value::Map(entries) };
            }
            if self.column > column || self.is_alone('-') {
                self.complain("the indent of this line is not understood");
                self.skip_line();
                continue;
            }
            let next = self.inline(false);
            self.skip_blanks();
            if self.is_alone(':') {
                key = Some(next);
            } else {
                self.complain("a `:` with a blank behind it is missing on this line");
                self.skip_line();
            }
        }
    }

    /// What stands behind the `:` of a mapping whose keys start at `column`.
    fn value(&mut self, column: usize) -> Node {
        if !self.is_line_done() {
            let node = self.inline(false);
            self.finish_line();
            return node;
        }
        let line = self.line;
        self.skip();
        // The dashes of a sequence may stand right below the key.
        if self.column == column && self.is_alone('-') && !self.is_at_end() {
            return self.sequence(column);
        }
        let node = self.block(column + 1);
        if node.value == Value::Null { Node { line, ..node } } else { node }
    }

    /// A scalar, or a sequence or mapping in brackets.
    fn inline(&mut self, in_flow: bool) -> Node {
        let line = self.line;
        let value = match self.peek() {
            Some('[') => self.flow(']'),
            Some('{') => self.flow('}'),
            Some(quote @ ('"' | '\'')) => self.quoted(quote),
            Some(sign @ ('&' | '*' | '!' | '|' | '>' | '@' | '`' | '%')) => {
                let text = format!("a text that starts with `{sign}` must stand in quotes");
                self.complain(&text);
                self.plain(in_flow);
                Value::Null
            }
            _ => match self.plain(in_flow).as_str() {
                "" | "~" | "null" | "Null" | "NULL" => Value::Null,
                text => Value::Plain(text.to_owned()),
            },
        };
        Node { line, value }
    }

    fn plain(&mut self, in_flow: bool) -> String {
        let mut text = String::new();
        while let Some(ch) = self.peek() {
            let ends = match ch {
                '\n' => true,
                '#' => text.is_empty() || text.ends_with([' ', '\t']),
                ':' => {
                    self.is_alone(':')
                        || (in_flow
                            && self.rest.starts_with([':', ',', ']', '}'])
                            && self
                                .rest
                                .get(1..)
                                .is_some_and(|rest| rest.starts_with([',', ']', '}'])))
                }
                ',' | '[' | ']' | '{' | '}' => in_flow,
                _ => false,
            };
            if ends {
                break;
            }
            text.extend(self.next());
        }
        text.truncate(text.trim_end().len());
        text
    }

    fn quoted(&mut self, quote: char) -> Value {
        let start = self.line;
        let mut text = String::new();
        self.next();
        while let Some(ch) = self.next() {
            match ch {
                '\'' if quote == '\'' && self.eat('\'') => text.push('\''),
                _ if ch == quote => return Value::Quoted(text),
                '\\' if quote == '"' => match self.next() {
                    Some('n') => text.push('\n'),
                    Some('t') => text.push('\t'),
                    Some(escaped @ ('"' | '\\' | '/')) => text.push(escaped),
                    Some('u') => {
                        let (digits, rest) = self.rest.split_at_checked(4).unwrap_or_default();
                        let code = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
                        text.extend(code);
                        self.rest = rest;
                    }
                    _ => self.complain("this escape is not understood"),
                },
                '\n' => {
                    self.skip_blanks();
                    text.truncate(text.trim_end().len());
                    text.push(' ');
                }
                _ => text.push(ch),
            }
        }
        self.messages.push(Message { line: start, text: "this quote never closes".to_owned() });
        Value::Quoted(text)
    }

    /// A sequence or mapping in brackets.
    fn flow(&mut self, close: char) -> Value {
        let start = (self.rest, self.line, self.column);
        let is_map = close == '}';
        let (mut items, mut entries) = (Vec::new(), Vec::new());
        self.next();
        self.depth += 1;
        self.flows += 1;
        while self.depth < MAX_DEPTH {
            self.skip();
            if self.eat(close) {
                self.depth -= 1;
                self.flows -= 1;
                return if is_map { Value::Map(entries) } else { Value::List(items) };
            }
            let node = self.inline(true);
            self.skip();
            if self.broken {
                break;
            }
            if is_map {
                let line = node.line;
                let has_value = self.eat(':');
                self.skip();
                let ends = matches!(self.peek(), Some(',' | '}'));
                let nothing = Node { line, value: Value::Null };
                let value = if has_value && !ends { self.inline(true) } else { nothing };
                entries.push((node, value));
                self.skip();
            } else {
                items.push(node);
            }
            if self.broken || (!self.eat(',') && self.peek() != Some(close)) {
                break;
            }
        }
        self.depth -= 1;
        self.flows -= 1;
        // Only the outermost one goes back: if each did, each would read again what is inside of it.
        self.broken = self.flows > 0;
        if self.broken {
            return Value::Null;
        }
        // What stands on the lines below may be meant for itself.
        (self.rest, self.line, self.column) = start;
        self.complain("this bracket never closes, or a comma is missing behind it");
        while self.peek().is_some_and(|ch| ch != '\n') {
            self.next();
        }
        if is_map { Value::Map(entries) } else { Value::List(items) }
    }
}
