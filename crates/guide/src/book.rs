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
use crate::lessons::{self, Shipped};
use crate::render;
use crate::rule_page::{self, RulePage};
use crate::search;

/// The guide.
pub struct Book {
    /// The chapters in their order.
    pub chapters: Vec<Chapter>,
    /// The chapters rendered, in the same order.
    rendered: Vec<Vec<Value>>,
    /// The pages of the rules.
    pub rules: Vec<RulePage>,
    /// The lessons in their order.
    pub lessons: Vec<Shipped>,
}

impl Book {
    /// Reads and renders all of it.
    pub fn read(root: &Path) -> Result<Self> {
        let chapters = chapter::all(root)?;
        let claims = Claims::read(root)?;
        let render = |chapter: &Chapter| {
            let rendered = render::chapter(chapter, &claims);
            rendered.with_context(|| format!("in {}", chapter.path.display()))
        };
        let rendered = chapters.iter().map(render).collect::<Result<_>>()?;
        Ok(Self { chapters, rendered, rules: rule_page::all(root)?, lessons: lessons::all(root)? })
    }

    /// A chapter's elements.
    pub fn rendered(&self, index: usize) -> &[Value] {
        &self.rendered[index]
    }

    /// The chapter to go on with.
    pub fn next(&self, index: usize) -> Option<&Chapter> {
        let named = self.chapters[index].head.next.as_ref();
        let named = named.and_then(|slug| self.chapters.iter().find(|it| it.slug == *slug));
        named.or_else(|| self.chapters.get(index + 1))
    }

    /// The files that the page fetches, by path.
    pub fn files(&self) -> Result<BTreeMap<String, String>> {
        let mut files = BTreeMap::new();
        for RulePage { rule, page } in &self.rules {
            let title = page.title.as_deref().unwrap_or(rule.name);
            let json =
                json!({ "title": title, "blocks": self.with_chapters(rule.name, &page.blocks) });
            files.insert(format!("rules/{}.json", rule.name), json.to_string());
        }
        for (index, chapter) in self.chapters.iter().enumerate() {
            let mut blocks = vec![json!(["p", {}, ["em", {}, chapter.head.summary]])];
            blocks.extend_from_slice(self.rendered(index));
            if let Some(next) = self.next(index) {
                let href = format!("#guide/{}", next.slug);
                blocks.push(json!(["p", {}, "Next: ", ["a", { "href": href }, next.head.title]]));
            }
            let json = json!({ "title": chapter.head.title, "blocks": blocks });
            files.insert(format!("guide/{}.json", chapter.slug), json.to_string());
        }
        for Shipped { name, json, .. } in &self.lessons {
            files.insert(format!("lessons/{name}.json"), json.clone());
        }
        files.insert("contents.txt".to_owned(), self.contents());
        files.insert("search.txt".to_owned(), search::index(self));
        Ok(files)
    }

    /// A line `slug TAB title TAB minutes TAB summary` for each chapter, in the order of the book,
    /// and then for each lesson, whose slug is `lesson/NAME`.
    fn contents(&self) -> String {
        let line = |chapter: &Chapter| {
            let head = &chapter.head;
            format!("{}\t{}\t{}\t{}\n", chapter.slug, head.title, head.minutes, head.summary)
        };
        let lesson = |Shipped { name, lesson, .. }: &Shipped| {
            let (title, minutes, summary) = (&lesson.title, lesson.minutes, &lesson.summary);
            format!("lesson/{name}\t{title}\t{minutes}\t{summary}\n")
        };
        self.chapters.iter().map(line).chain(self.lessons.iter().map(lesson)).collect()
    }

    /// The page of a rule, and behind it the chapters that explain more.
    pub fn with_chapters(&self, rule: &str, blocks: &[Value]) -> Vec<Value> {
        let mut blocks = blocks.to_vec();
        let about = |chapter: &&Chapter| chapter.head.rules.iter().any(|name| name == rule);
        for chapter in self.chapters.iter().filter(about) {
            let href = format!("#guide/{}", chapter.slug);
            blocks.push(
                json!(["p", {}, "In the guide: ", ["a", { "href": href }, chapter.head.title]]),
            );
        }
        blocks
    }
}
