//! Markdown to a tree of elements from a closed set.
//!
//! A node is a string, or `["tag", {attributes}, ...nodes]`. Tags: h2 h3 p ul ol li code pre a em
//! strong table thead tbody tr th td blockquote. Attributes: `href` on `a`, and `lang` on `pre`, which
//! is the info string of a fenced block.

use anyhow::{Result, bail};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde_json::{Map, Value, json};

/// A page: its heading, if it has one of the first level, and its nodes.
pub struct Page {
    /// The heading.
    pub title: Option<String>,
    /// What stands under it.
    pub blocks: Vec<Value>,
}

/// Reads Markdown.
pub fn render(markdown: &str) -> Result<Page> {
    let mut tree = Tree::default();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(tag) => tree.start(tag)?,
            Event::End(tag) => tree.end(tag),
            Event::Text(text) => tree.text(&text),
            Event::Code(text) => tree.leaf("code", &text),
            // Line breaks in the source mean nothing.
            Event::SoftBreak | Event::HardBreak => tree.text(" "),
            // Markup in a page would need an exception in the guide panel. It is shown as text.
            Event::Html(text) | Event::InlineHtml(text) => tree.text(&text),
            _ => {}
        }
    }
    Ok(Page { title: tree.title, blocks: tree.blocks })
}

/// An element whose end has not come yet.
struct Open {
    tag: &'static str,
    attributes: Map<String, Value>,
    children: Vec<Value>,
}

#[derive(Default)]
struct Tree {
    title: Option<String>,
    blocks: Vec<Value>,
    open: Vec<Open>,
}

impl Tree {
    fn start(&mut self, tag: Tag) -> Result<()> {
        match tag {
            Tag::Link { dest_url, .. } => self.push("a", Some(("href", href(&dest_url)?))),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                self.push("pre", Some(("lang", info.trim().to_owned())));
            }
            Tag::TableCell if self.open.iter().any(|open| open.tag == "thead") => {
                self.push("th", None);
            }
            tag => {
                for name in names(tag.to_end()) {
                    self.push(name, None);
                }
            }
        }
        Ok(())
    }

    fn end(&mut self, tag: TagEnd) {
        for _ in names(tag) {
            self.pop();
        }
        // Markdown's tables have one head and one body; the body's start is not told.
        match tag {
            TagEnd::TableHead => self.push("tbody", None),
            TagEnd::Table => {
                // `names` has closed the body; the table itself is still open.
                self.pop();
            }
            _ => {}
        }
    }

    fn push(&mut self, tag: &'static str, attribute: Option<(&str, String)>) {
        let attributes = attribute.map(|(key, value)| (key.to_owned(), Value::String(value)));
        self.open.push(Open {
            tag,
            attributes: attributes.into_iter().collect(),
            children: Vec::new(),
        });
    }

    fn pop(&mut self) {
        let Some(mut element) = self.open.pop() else {
            return;
        };
        if element.tag == "h1" {
            self.title = Some(plain_text(&element.children));
            return;
        }
        if element.tag == "pre"
            && let Some(Value::String(text)) = element.children.last_mut()
        {
            text.truncate(text.trim_end_matches('\n').len());
        }
        let mut node = vec![json!(element.tag), Value::Object(element.attributes)];
        node.append(&mut element.children);
        self.add(Value::Array(node));
    }

    fn leaf(&mut self, tag: &str, text: &str) {
        self.add(json!([tag, {}, text]));
    }

    /// Adds text, joined to text before it: the parser splits at every character with a meaning.
    fn text(&mut self, text: &str) {
        let siblings = self.siblings();
        if let Some(Value::String(before)) = siblings.last_mut() {
            before.push_str(text);
        } else {
            siblings.push(Value::String(text.to_owned()));
        }
    }

    fn add(&mut self, node: Value) {
        self.siblings().push(node);
    }

    fn siblings(&mut self) -> &mut Vec<Value> {
        self.open.last_mut().map_or(&mut self.blocks, |open| &mut open.children)
    }
}

/// The elements that a piece of Markdown opens, outermost first; none for what is not shown as an
/// element of its own.
fn names(tag: TagEnd) -> &'static [&'static str] {
    match tag {
        TagEnd::Heading(HeadingLevel::H1) => &["h1"],
        TagEnd::Heading(HeadingLevel::H2) => &["h2"],
        TagEnd::Heading(_) => &["h3"],
        TagEnd::Paragraph => &["p"],
        TagEnd::BlockQuote(_) => &["blockquote"],
        TagEnd::CodeBlock => &["pre"],
        TagEnd::List(true) => &["ol"],
        TagEnd::List(false) => &["ul"],
        TagEnd::Item => &["li"],
        TagEnd::Table => &["table"],
        TagEnd::TableHead => &["thead", "tr"],
        TagEnd::TableRow => &["tr"],
        TagEnd::TableCell => &["td"],
        TagEnd::Emphasis => &["em"],
        TagEnd::Strong => &["strong"],
        TagEnd::Link => &["a"],
        _ => &[],
    }
}

/// A link to a rule (`rule:no-user`, or its file) or to a chapter (`guide:scratch`) becomes a place in
/// the guide panel; else only the web is allowed.
fn href(link: &str) -> Result<String> {
    if link.starts_with("https://") || link.starts_with('#') {
        return Ok(link.to_owned());
    }
    for place in ["rule", "guide"] {
        if let Some(name) = link.strip_prefix(place).and_then(|rest| rest.strip_prefix(':')) {
            return Ok(format!("#{place}/{name}"));
        }
    }
    let file = link.rsplit('/').next().unwrap_or(link);
    match file.strip_suffix(".md") {
        Some(stem) if !link.contains(':') => Ok(format!("#rule/{}", stem.replace('_', "-"))),
        _ => bail!("the link `{link}` is neither https nor a page of the guide"),
    }
}

/// All words inside.
pub fn plain_text(nodes: &[Value]) -> String {
    let text = |node: &Value| match node {
        Value::String(text) => text.clone(),
        Value::Array(node) => plain_text(node.get(2..).unwrap_or_default()),
        _ => String::new(),
    };
    nodes.iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(markdown: &str) -> Value {
        render(markdown).unwrap().blocks.into()
    }

    #[test]
    fn renders_a_rule_page() {
        let page = "# `untagged-base`\n\n## Why\n\nA tag *moves*, see\n[latest](latest_tag.md).\n\n\
                    ```dockerfile ok\nFROM a:1\n\nRUN <b>\n```\n";
        assert_eq!(render(page).unwrap().title.as_deref(), Some("untagged-base"));
        assert_eq!(
            blocks(page),
            json!([
                ["h2", {}, "Why"],
                ["p", {}, "A tag ", ["em", {}, "moves"], ", see ",
                    ["a", { "href": "#rule/latest-tag" }, "latest"], "."],
                ["pre", { "lang": "dockerfile ok" }, "FROM a:1\n\nRUN <b>"],
            ])
        );
        assert_eq!(render("Text").unwrap().title, None);
    }

    #[test]
    fn renders_lists_quotes_and_tables() {
        assert_eq!(
            blocks("- a\n- `b`\n\n1. c\n\n> d\n"),
            json!([
                ["ul", {}, ["li", {}, "a"], ["li", {}, ["code", {}, "b"]]],
                ["ol", {}, ["li", {}, "c"]],
                ["blockquote", {}, ["p", {}, "d"]],
            ])
        );
        assert_eq!(
            blocks("|a|b|\n|-|-|\n|1|**2**|\n\nx"),
            json!([
                [
                    "table",
                    {},
                    ["thead", {}, ["tr", {}, ["th", {}, "a"], ["th", {}, "b"]]],
                    ["tbody", {}, ["tr", {}, ["td", {}, "1"], ["td", {}, ["strong", {}, "2"]]]]
                ],
                ["p", {}, "x"],
            ])
        );
    }

    #[test]
    fn keeps_markup_as_text_and_refuses_odd_links() {
        assert_eq!(blocks("a <img src=x> b"), json!([["p", {}, "a <img src=x> b"]]));
        for link in ["javascript:x.md", "http://example.org", "other"] {
            assert!(render(&format!("[a](<{link}>)")).is_err(), "{link}");
        }
        assert!(render("[a](https://example.org/b.md)").is_ok());
        assert_eq!(
            blocks("[a](rule:no-user) [b](guide:scratch)"),
            json!([["p", {}, ["a", { "href": "#rule/no-user" }, "a"], " ",
                ["a", { "href": "#guide/scratch" }, "b"]]])
        );
    }
}
