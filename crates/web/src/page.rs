//! A page of the guide: JSON blocks, made from Markdown when the site is built.

use crate::json::Json;

/// A page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// Its heading.
    pub title: String,
    /// What stands under it.
    pub blocks: Vec<Node>,
}

/// A piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// Words.
    Text(String),
    /// An element and what is inside.
    Element {
        /// One of [`TAGS`].
        tag: &'static str,
        /// Target of a link, language of a code block, or where a figure comes from.
        attribute: Option<String>,
        /// What is inside.
        children: Vec<Node>,
    },
}

/// The elements that a page may have. Others are shown as the words inside them.
pub const TAGS: [&str; 23] = [
    "h2",
    "h3",
    "p",
    "ul",
    "ol",
    "li",
    "code",
    "pre",
    "a",
    "em",
    "strong",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "blockquote",
    "span",
    "pair",
    "half",
    "details",
    "summary",
];

impl Page {
    /// Reads a page; `None` where the text is no page.
    pub fn parse(json: &str) -> Option<Self> {
        Self::of(&Json::parse(json)?)
    }

    /// The page that a value stands for.
    pub fn of(value: &Json) -> Option<Self> {
        Some(Self {
            title: value.get("title")?.as_str()?.to_owned(),
            blocks: array(value.get("blocks")?)?.iter().filter_map(node).collect(),
        })
    }
}

impl Node {
    /// All words inside.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Element { children, .. } => children.iter().map(Self::text).collect(),
        }
    }
}

fn array(value: &Json) -> Option<&[Json]> {
    if let Json::Array(elements) = value { Some(elements) } else { None }
}

fn node(value: &Json) -> Option<Node> {
    if let Some(text) = value.as_str() {
        return Some(Node::Text(text.to_owned()));
    }
    let parts = array(value)?;
    let name = parts.first()?.as_str()?;
    let tag = TAGS.into_iter().find(|tag| *tag == name).unwrap_or("span");
    let attributes = parts.get(1).filter(|second| matches!(second, Json::Object(_)));
    let attribute = |key| Some(attributes?.get(key)?.as_str()?.to_owned());
    let rest = parts.iter().skip(1 + usize::from(attributes.is_some()));
    Some(Node::Element {
        tag,
        attribute: match tag {
            "a" => attribute("href").filter(|href| is_harmless(href)),
            "pre" => attribute("lang"),
            "span" => attribute("title"),
            _ => None,
        },
        children: rest.filter_map(node).collect(),
    })
}

/// Pages are ours, but a link that runs a script should not even be possible.
fn is_harmless(href: &str) -> bool {
    href.starts_with("https://") || href.starts_with('#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_text_attributes_and_children() {
        let page = Page::parse(
            r##"{"title":"T","blocks":[["p",{},"see ",["a",{"href":"#rule/x"},"x"]],["pre",{"lang":"dockerfile"},"FROM a"],["h2","Why"]]}"##,
        )
        .unwrap();
        assert_eq!(page.title, "T");
        assert_eq!(page.blocks[0].text(), "see x");
        assert!(
            matches!(&page.blocks[1], Node::Element { tag: "pre", attribute: Some(lang), .. } if lang == "dockerfile")
        );
        assert_eq!(page.blocks[2].text(), "Why");
    }

    #[test]
    fn leaves_out_what_it_does_not_know() {
        let page = Page::parse(
            r#"{"title":"T","blocks":[["script",{},"x"],["a",{"href":"javascript:x"},"y"],3,[]]}"#,
        )
        .unwrap();
        assert_eq!(page.blocks.len(), 2);
        assert!(matches!(&page.blocks[0], Node::Element { tag: "span", .. }));
        assert!(matches!(&page.blocks[1], Node::Element { attribute: None, .. }));
        for bad in ["", "{}", "[]", r#"{"title":1,"blocks":[]}"#] {
            assert_eq!(Page::parse(bad), None);
        }
    }
}
