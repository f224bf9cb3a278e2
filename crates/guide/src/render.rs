//! A chapter as a tree of elements: figures looked up, examples judged, pairs side by side.

use anyhow::{Context, Result};
use engine::size::Verdict;
use engine::source::LineIndex;
use engine::{Report, Settings, Workspace, analyze};
use serde_json::{Value, json};

use crate::block::{Block, Kind};
use crate::chapter::Chapter;
use crate::claims::Claims;
use crate::decision::Decision;
use crate::figure::{self, Figure, bytes};
use crate::tree;

/// What a chapter's blocks are rendered with.
struct Renderer<'c> {
    chapter: &'c Chapter,
    claims: &'c Claims,
    /// How many blocks have been rendered.
    seen: usize,
    figures: Vec<Figure>,
}

/// The elements of a chapter; see [`tree`]. Beside what that has, a heading has an `id`, a `span` the
/// note of its figure as `title`, and there are `pair`, `half`, `details` and `summary`.
pub fn chapter(chapter: &Chapter, claims: &Claims) -> Result<Vec<Value>> {
    let page = tree::render(&chapter.body)?;
    let mut renderer = Renderer { chapter, claims, seen: 0, figures: Vec::new() };
    let mut blocks = Vec::new();
    for node in page.blocks {
        renderer.node(node, &mut blocks)?;
    }
    let mut blocks = pairs(blocks);
    if !renderer.figures.is_empty() {
        blocks.push(sources(&renderer.figures));
    }
    Ok(blocks)
}

impl Renderer<'_> {
    fn node(&mut self, node: Value, out: &mut Vec<Value>) -> Result<()> {
        match node {
            Value::String(text) => self.text(&text, out),
            Value::Array(mut parts) => {
                let tag = parts.first().and_then(Value::as_str).unwrap_or_default().to_owned();
                match tag.as_str() {
                    "pre" => return self.block(out),
                    "code" => {}
                    _ => {
                        let children = parts.split_off(2.min(parts.len()));
                        if tag == "h2" {
                            parts[1] = json!({ "id": slug(&tree::plain_text(&children)) });
                        }
                        for child in children {
                            self.node(child, &mut parts)?;
                        }
                    }
                }
                out.push(Value::Array(parts));
                Ok(())
            }
            other => {
                out.push(other);
                Ok(())
            }
        }
    }

    /// Prose with its figures.
    fn text(&mut self, text: &str, out: &mut Vec<Value>) -> Result<()> {
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once("{{") {
            let (asked, after) = behind.split_once("}}").context("`{{` without `}}`")?;
            let figure = figure::resolve(asked, &self.chapter.blocks, self.seen, self.claims)?;
            if !before.is_empty() {
                out.push(json!(before));
            }
            out.push(json!(["span", { "title": figure.note }, figure.shown]));
            if !self.figures.contains(&figure) {
                self.figures.push(figure);
            }
            rest = after;
        }
        if !rest.is_empty() {
            out.push(json!(rest));
        }
        Ok(())
    }

    fn block(&mut self, out: &mut Vec<Value>) -> Result<()> {
        let blocks = &self.chapter.blocks;
        let block = blocks.get(self.seen).context("more blocks than there were")?;
        self.seen += 1;
        let text = block.text.trim_end_matches('\n');
        let lang = match &block.kind {
            Kind::Decision => {
                return decision(block, blocks).map(|table| out.push(table));
            }
            Kind::Before(_) => "dockerfile before",
            Kind::After => "dockerfile after",
            Kind::Dockerfile => "dockerfile",
            Kind::Fragment => "fragment",
            Kind::Ignore => "dockerignore",
            Kind::Shell => "sh",
            Kind::Go => "go",
            Kind::Yaml => "yaml",
            Kind::Json => "json",
            Kind::Toml => "toml",
            Kind::Message => "message",
        };
        out.push(json!(["pre", { "lang": lang }, text]));
        if let Kind::Before(_) = block.kind {
            let said = findings(block, &self.chapter.head.rules);
            out.push(json!(["pre", { "lang": "findings" }, said]));
        }
        if let Kind::Before(_) | Kind::After = block.kind {
            out.push(json!(["pre", { "lang": "verdict" }, judged(&report(&block.text))]));
        }
        Ok(())
    }
}

/// A tooltip does not reach everybody, so the notes stand in full at the end.
fn sources(figures: &[Figure]) -> Value {
    let mut list = vec![json!("ul"), json!({})];
    list.extend(
        figures
            .iter()
            .map(|figure| json!(["li", {}, ["strong", {}, figure.shown], ": ", figure.note])),
    );
    json!(["details", {}, ["summary", {}, "Where the figures come from"], list])
}

fn report(text: &str) -> Report {
    let workspace = Workspace { dockerfile: text.to_owned(), ..Workspace::default() };
    analyze(&workspace, &Settings::default())
}

/// The findings that an example is about, as rule pages show them.
fn findings(block: &Block, chapter: &[String]) -> String {
    let wanted = match &block.kind {
        Kind::Before(rules) if rules.is_empty() => chapter,
        Kind::Before(rules) => rules,
        _ => return String::new(),
    };
    let lines = LineIndex::new(&block.text);
    let mut out = String::new();
    for found in report(&block.text).diagnostics {
        if wanted.iter().any(|rule| rule == found.rule) {
            let start = lines.position(&block.text, found.span.start);
            let end = lines.position(&block.text, found.span.end);
            out.push_str(&format!(
                "{}:{}-{}:{} {} {}: {}\n",
                start.line,
                start.column,
                end.line,
                end.column,
                found.level.name(),
                found.rule,
                found.message
            ));
        }
    }
    out.trim_end().to_owned()
}

/// Verdict and size of an example, in one line.
fn judged(report: &Report) -> String {
    let verdict = match report.verdict {
        Verdict::Starts => "Starts",
        Verdict::StartsAfterEdits => "Needs edits to start",
        Verdict::WouldNotStart => "Would not start",
        Verdict::WouldNotBuild => "Would not build",
        Verdict::Unknown => "Whether it starts is not known",
    };
    let sizes = report.estimate.as_ref().and_then(|estimate| {
        let (unpacked, compressed) = (estimate.size.unpacked?, estimate.size.compressed?);
        Some((estimate.open, unpacked.likely, compressed.likely))
    });
    match sizes {
        Some((open, unpacked, compressed)) => format!(
            "{verdict}. {} {} unpacked and {} to pull, by our estimate.",
            if open { "At least" } else { "About" },
            bytes(unpacked),
            bytes(compressed)
        ),
        None => format!("{verdict}."),
    }
}

/// A decision as a table; a button of each answer leads to its Dockerfile.
fn decision(block: &Block, blocks: &[Block]) -> Result<Value> {
    let decision = Decision::parse(&block.text).with_context(|| format!("line {}", block.line))?;
    let head = ["thead", "tr"];
    let [thead, tr] = head;
    let mut rows = vec![json!("tbody"), json!({})];
    for answer in &decision.answers {
        let mut choice = vec![json!("td"), json!({}), json!(["strong", {}, answer.choose])];
        choice.push(json!(["p", {}, answer.why]));
        if let Some(text) = answer.text(blocks)? {
            choice.push(json!(["pre", { "lang": "open" }, text.trim_end()]));
        }
        if let Some(recipe) = &answer.recipe {
            choice.push(json!(["pre", { "lang": "recipe" }, recipe]));
        }
        if let Some(chapter) = &answer.chapter {
            choice.push(
                json!(["p", {}, ["a", { "href": format!("#guide/{chapter}") }, "More on this"]]),
            );
        }
        rows.push(json!(["tr", {}, ["td", {}, answer.when], choice]));
    }
    Ok(json!([
        "table",
        {},
        [thead, {}, [tr, {}, ["th", {}, decision.question], ["th", {}, "Then"]]],
        rows
    ]))
}

/// Puts a `before` and the `after` behind it side by side, with the lines that differ marked.
fn pairs(nodes: Vec<Value>) -> Vec<Value> {
    let mut out: Vec<Value> = Vec::new();
    let mut half: Vec<Value> = Vec::new();
    let mut nodes = nodes.into_iter();
    while let Some(node) = nodes.next() {
        match lang(&node) {
            "dockerfile before" => {
                out.append(&mut half);
                // Behind it come its findings and its verdict.
                half = std::iter::once(node).chain(nodes.by_ref().take(2)).collect();
            }
            "dockerfile after" if !half.is_empty() => {
                let mut after: Vec<_> =
                    std::iter::once(node).chain(nodes.by_ref().take(1)).collect();
                mark(&mut half[0], &mut after[0]);
                out.push(json!(["pair", {}, half_of(&mut half), half_of(&mut after)]));
            }
            _ => {
                out.append(&mut half);
                out.push(node);
            }
        }
    }
    out.append(&mut half);
    out
}

fn half_of(nodes: &mut Vec<Value>) -> Value {
    let head = [json!("half"), json!({})];
    Value::Array(head.into_iter().chain(nodes.drain(..)).collect())
}

fn lang(node: &Value) -> &str {
    node[1]["lang"].as_str().unwrap_or_default()
}

/// Writes the numbers of the lines that the other text does not have behind `lang`.
fn mark(before: &mut Value, after: &mut Value) {
    let texts = [&*before, &*after].map(|node| node[2].as_str().unwrap_or_default().to_owned());
    let (gone, new) = changed(&texts[0], &texts[1]);
    for (node, lines) in [(before, gone), (after, new)] {
        let numbers: Vec<_> = lines.iter().map(usize::to_string).collect();
        if !numbers.is_empty() {
            node[1]["lang"] = json!(format!("{} {}", lang(node), numbers.join(",")));
        }
    }
}

/// The lines, from 1, that only the first text has, and those that only the second has: what the
/// longest common subsequence leaves.
fn changed(before: &str, after: &str) -> (Vec<usize>, Vec<usize>) {
    let (a, b): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
    let mut length = vec![vec![0_usize; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            length[i][j] = match a[i] == b[j] {
                true => length[i + 1][j + 1] + 1,
                false => length[i + 1][j].max(length[i][j + 1]),
            };
        }
    }
    let (mut i, mut j, mut gone, mut new) = (0, 0, Vec::new(), Vec::new());
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            (i, j) = (i + 1, j + 1);
        } else if j == b.len() || (i < a.len() && length[i + 1][j] >= length[i][j + 1]) {
            i += 1;
            gone.push(i);
        } else {
            j += 1;
            new.push(j);
        }
    }
    (gone, new)
}

/// A heading as the name of its place.
pub fn slug(heading: &str) -> String {
    let mut slug = String::new();
    for c in heading.chars() {
        match c.is_ascii_alphanumeric() {
            true => slug.push(c.to_ascii_lowercase()),
            false if slug.is_empty() || slug.ends_with('-') => {}
            false => slug.push('-'),
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_the_lines_that_differ() {
        assert_eq!(changed("a\nb\nc", "a\nc\nd"), (vec![2], vec![3]));
        assert_eq!(changed("a", "a"), (vec![], vec![]));
        assert_eq!(changed("", "a\nb"), (vec![], vec![1, 2]));
    }

    #[test]
    fn a_heading_becomes_a_name() {
        assert_eq!(slug("What `scratch` lacks, and why"), "what-scratch-lacks-and-why");
        assert_eq!(slug("?"), "");
    }
}
