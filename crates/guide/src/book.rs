//! All of the guide: what is read once, and the files that the page fetches.
//!
//! The page forbids itself to turn text into markup (Trusted Types, no `innerHTML`), so it gets JSON
//! and builds each element from a closed set of tags: `{"title": "...", "blocks": [node, ...]}`; see
//! [`crate::tree`] for the nodes.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::chapter::{self, Chapter};
use crate::claims::Claims;
use crate::render;
use crate::rule_page::{self, RulePage};

/// The guide.
pub struct Book {
    /// The chapters in their order.
    pub chapters: Vec<Chapter>,
    /// The chapters rendered, in the same order.
    rendered: Vec<Vec<Value>>,
    /// The pages of the rules.
    pub rules: Vec<RulePage>,
}

impl Book {
    /// Reads and renders all of it.
    pub fn read(root: &Path) -> Result<Self> {
        let chapters = chapter::all(root)?;
        let claims = Claims::read(root)?;
        let render = |chapter: &Chapter| {
            let rendered = render::chapter(chapter, &claims);
            let rendered = rendered.with_context(|| format!("in {}", chapter.path.display()))?;
            Ok(rendered.blocks)
        };
        let rendered = chapters.iter().map(render).collect::<Result<_>>()?;
        Ok(Self { chapters, rendered, rules: rule_page::all(root)? })
    }

    /// The files that the page fetches, by path.
    pub fn files(&self) -> Result<BTreeMap<String, String>> {
        let mut files = BTreeMap::new();
        for RulePage { rule, page } in &self.rules {
            let title = page.title.as_deref().unwrap_or(rule.name);
            let json = json!({ "title": title, "blocks": page.blocks });
            files.insert(format!("rules/{}.json", rule.name), json.to_string());
        }
        for (chapter, blocks) in self.chapters.iter().zip(&self.rendered) {
            let json = json!({ "title": chapter.head.title, "blocks": blocks });
            files.insert(format!("guide/{}.json", chapter.slug), json.to_string());
        }
        Ok(files)
    }
}
