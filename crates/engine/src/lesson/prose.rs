//! The words of a lesson: the Markdown that a task needs, as a tree of elements.
//!
//! Paragraphs, headings, lists, quotes, fenced blocks, `code`, **strong**, *emphasised* and linked
//! words. All else is shown as it was written: no text ever becomes markup.

use super::parse::{Message, Prose};
use crate::syntax::json_string;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// Words.
    Text(String),
    /// An element and what is inside.
    Element {
        /// Its name in HTML.
        tag: &'static str,
        /// Target of a link or language of a block.
        attribute: Option<(&'static str, String)>,
        /// What is inside.
        children: Vec<Self>,
    },
}

impl Node {
    fn new(tag: &'static str, children: Vec<Self>) -> Self {
        Self::Element { tag, attribute: None, children }
    }

    /// As the page reads it: a string, or `["tag", {"name": "value"}, ...children]`.
    pub fn to_json(&self) -> String {
        match self {
            Self::Text(text) => json_string(text),
            Self::Element { tag, attribute, children } => {
                let attribute = attribute.as_ref().map_or_else(String::new, |(name, value)| {
                    format!("{}:{}", json_string(name), json_string(value))
                });
                let mut json = format!("[{},{{{attribute}}}", json_string(tag));
                for child in children {
                    json.push(',');
                    json.push_str(&child.to_json());
                }
                json.push(']');
                json
            }
        }
    }
}

/// How deep emphasised and linked words may stand in each other.
const DEEPEST: usize = 4;
/// Most links that are told: to find the line of one takes a walk through the text.
const MOST: usize = 100;

/// The elements of some Markdown; links that lead nowhere are told.
pub fn render(prose: &Prose, messages: &mut Vec<Message>) -> Vec<Node> {
    let mut blocks = Blocks { nodes: Vec::new(), open: None, line: prose.line, messages };
    let mut fence: Option<(&str, String)> = None;
    for (line, number) in prose.text.lines().zip(prose.line..) {
        let mark = line.trim_start().strip_prefix("```");
        match (&mut fence, mark) {
            (Some((info, text)), Some("")) => {
                let lang = if *info == "dockerfile" { "fragment" } else { info };
                let attribute = Some(("lang", lang.to_owned()));
                let children = vec![Node::Text(text.trim_end_matches('\n').to_owned())];
                blocks.nodes.push(Node::Element { tag: "pre", attribute, children });
                fence = None;
            }
            (Some((_, text)), _) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, Some(info)) => {
                blocks.close();
                fence = Some((info, String::new()));
            }
            (None, None) => blocks.line(line, number),
        }
    }
    blocks.close();
    blocks.nodes
}

/// What a line belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Paragraph,
    Heading,
    Quote,
    Item(&'static str),
}

struct Blocks<'m> {
    nodes: Vec<Node>,
    /// The block whose end has not come yet, and its words.
    open: Option<(Kind, String)>,
    /// The line on which it begins.
    line: u32,
    messages: &'m mut Vec<Message>,
}

impl Blocks<'_> {
    fn line(&mut self, line: &str, number: u32) {
        let (kind, words) = kind(line.trim());
        if words.is_empty() {
            return self.close();
        }
        match &mut self.open {
            // A line without a mark goes on with what is open.
            Some((open, text)) if kind == Kind::Paragraph && *open != Kind::Heading => {
                text.push('\n');
                text.push_str(words);
            }
            Some((Kind::Quote, text)) if kind == Kind::Quote => {
                text.push('\n');
                text.push_str(words);
            }
            _ => {
                self.close();
                self.line = number;
                self.open = Some((kind, words.to_owned()));
            }
        }
    }

    fn close(&mut self) {
        let Some((kind, text)) = self.open.take() else { return };
        let words = self.words(&text);
        match kind {
            Kind::Paragraph => self.nodes.push(Node::new("p", words)),
            Kind::Heading => self.nodes.push(Node::new("h3", words)),
            Kind::Quote => {
                self.nodes.push(Node::new("blockquote", vec![Node::new("p", words)]));
            }
            Kind::Item(list) => {
                let item = Node::new("li", words);
                match self.nodes.last_mut() {
                    Some(Node::Element { tag, children, .. }) if *tag == list => {
                        children.push(item)
                    }
                    _ => self.nodes.push(Node::new(list, vec![item])),
                }
            }
        }
    }

    fn words(&mut self, text: &str) -> Vec<Node> {
        let mut words = Words { whole: text, line: self.line, messages: self.messages };
        words.read(text, DEEPEST)
    }
}

/// What a line begins, and its words without the mark.
fn kind(line: &str) -> (Kind, &str) {
    let heading = line.trim_start_matches('#');
    if let (true, Some(words)) = (heading.len() < line.len(), heading.strip_prefix(' ')) {
        return (Kind::Heading, words.trim());
    }
    if let Some(words) = line.strip_prefix('>') {
        return (Kind::Quote, words.trim());
    }
    if let Some(words) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
        return (Kind::Item("ul"), words.trim());
    }
    let behind = line.trim_start_matches(|char: char| char.is_ascii_digit());
    match behind.strip_prefix(". ") {
        Some(words) if behind.len() < line.len() => (Kind::Item("ol"), words.trim()),
        _ => (Kind::Paragraph, line),
    }
}

struct Words<'t, 'm> {
    whole: &'t str,
    line: u32,
    messages: &'m mut Vec<Message>,
}

impl<'t> Words<'t, '_> {
    fn read(&mut self, text: &'t str, depth: usize) -> Vec<Node> {
        let (mut nodes, mut plain, mut rest) = (Vec::new(), String::new(), text);
        // An end that was not found once is not there behind it either.
        let mut missing: Vec<&str> = Vec::new();
        while let Some(at) = rest.find(['`', '*', '[', '\n', '\\']) {
            let (before, here) = rest.split_at_checked(at).unwrap_or_default();
            plain.push_str(before);
            let marks = [("`", "`"), ("**", "**"), ("*", "*"), ("[", "](")];
            let mark = marks.into_iter().find(|(start, _)| here.starts_with(start));
            let span = mark.filter(|(_, end)| !missing.contains(end)).and_then(|(start, end)| {
                let span = here.strip_prefix(start)?.split_once(end);
                if span.is_none() {
                    missing.push(end);
                }
                span.filter(|(inside, _)| depth > 0 && !inside.trim().is_empty())
            });
            let (node, behind) = match (mark, span) {
                (Some(("`", _)), Some((inside, behind))) => {
                    (Some(Node::new("code", vec![Node::Text(inside.replace('\n', " "))])), behind)
                }
                (Some(("[", end)), Some((inside, behind))) => match behind.split_once(')') {
                    Some((href, behind)) => {
                        let attribute = self.target(href, here).map(|href| ("href", href));
                        let children = self.read(inside, depth - 1);
                        (Some(Node::Element { tag: "a", attribute, children }), behind)
                    }
                    None => {
                        missing.push(end);
                        (None, here)
                    }
                },
                (Some((start, _)), Some((inside, behind))) => {
                    let tag = if start == "*" { "em" } else { "strong" };
                    (Some(Node::new(tag, self.read(inside, depth - 1))), behind)
                }
                _ => (None, here),
            };
            if let Some(node) = node {
                if !plain.is_empty() {
                    nodes.push(Node::Text(std::mem::take(&mut plain)));
                }
                nodes.push(node);
                rest = behind;
                continue;
            }
            // A mark that means nothing is a character as any other.
            let mut chars = here.chars();
            match (chars.next(), chars.clone().next()) {
                (Some('\n'), _) => plain.push(' '),
                (Some('\\'), Some(next)) if next.is_ascii_punctuation() => {
                    plain.push(next);
                    chars.next();
                }
                (Some(char), _) => plain.push(char),
                (None, _) => {}
            }
            rest = chars.as_str();
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            nodes.push(Node::Text(plain));
        }
        nodes
    }

    /// Where a link leads; `here` is the text from its place on.
    fn target(&mut self, href: &str, here: &str) -> Option<String> {
        if href.starts_with("https://") {
            return Some(href.to_owned());
        }
        for place in ["rule", "guide", "lesson"] {
            if let Some(name) = href.strip_prefix(place).and_then(|rest| rest.strip_prefix(':')) {
                return Some(format!("#{place}/{name}"));
            }
        }
        if self.messages.len() >= MOST {
            return None;
        }
        let before = self.whole.len().saturating_sub(here.len());
        let before = self.whole.get(..before).unwrap_or_default();
        let line = self.line + before.matches('\n').count() as u32;
        let text = format!("the link `{href}` is neither https, nor `rule:NAME`, nor `guide:NAME`");
        self.messages.push(Message { line, text });
        None
    }
}
