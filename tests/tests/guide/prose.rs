//! What stands between the blocks: figures, links, front matter, facts.

use engine::rules;
use guide::{Claims, Kind, facts, render};
use serde_json::Value;

use super::{chapters, check, root};

#[test]
fn chapters_render_and_their_figures_resolve() {
    let claims = Claims::read(&root()).unwrap_or_else(|error| panic!("{error:#}"));
    check(chapters().iter().filter_map(|chapter| {
        let error = render::chapter(chapter, &claims).err()?;
        Some(format!("{}: {error:#}", chapter.path.display()))
    }));
}

/// The words of a node that people read, without code.
fn prose(node: &Value, out: &mut String) {
    match node {
        Value::String(text) => out.push_str(text),
        Value::Array(parts) => {
            let tag = parts.first().and_then(Value::as_str).unwrap_or_default();
            // The figures that were looked up are in a span.
            if !matches!(tag, "code" | "pre" | "span") {
                parts.iter().skip(2).for_each(|child| prose(child, out));
                out.push('\n');
            }
        }
        _ => {}
    }
}

#[test]
fn every_rule_page_renders_and_links_to_rules_that_exist() {
    let pages = guide::rule_page::all(&root()).unwrap_or_else(|error| panic!("{error:#}"));
    check(pages.iter().flat_map(|page| {
        let links = page.page.blocks.iter().flat_map(links);
        let rule = |href: &String| href.strip_prefix("#rule/").map(str::to_owned);
        let unknown = |name: &String| !rules::all().iter().any(|rule| rule.name == name);
        let wrong = links.filter_map(|href| rule(&href)).filter(unknown);
        wrong
            .map(|name| format!("{} links to `{name}`, which is no rule", page.rule.name))
            .collect::<Vec<_>>()
    }));
}

#[test]
fn figures_are_looked_up_and_not_typed() {
    check(chapters().iter().flat_map(|chapter| {
        let mut text = String::new();
        let page = guide::tree::render(&chapter.body).expect("Markdown");
        for node in &page.blocks {
            prose(node, &mut text);
        }
        let without = remove_placeholders(&text);
        let words: Vec<&str> = without.split_whitespace().collect();
        let is_number = |word: &str| word.chars().any(|c| c.is_ascii_digit());
        let ends_in_unit = |word: &str| {
            let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
            ["kB", "KB", "MB", "GB", "TB", "KiB", "MiB", "GiB"]
                .contains(&word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.'))
        };
        let mut wrong = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let before = at.checked_sub(1).map_or("", |before| words[before]);
            if ends_in_unit(word) && (is_number(word) || is_number(before)) {
                wrong.push(format!("{}: a typed figure: {before} {word}", chapter.path.display()));
            }
        }
        wrong
    }));
}

fn remove_placeholders(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("{{") {
        out.push_str(before);
        rest = behind.split_once("}}").map_or("", |(_, after)| after);
    }
    out + rest
}

#[test]
fn rules_chapters_and_links_exist() {
    let all = chapters();
    let is_rule = |name: &str| rules::all().iter().any(|rule| rule.name == name);
    let is_chapter = |slug: &str| all.iter().any(|chapter| chapter.slug == slug);
    check(all.iter().flat_map(|chapter| {
        let mut wrong = Vec::new();
        let head = &chapter.head;
        let named = chapter.blocks.iter().filter_map(|block| match &block.kind {
            Kind::Before(rules) => Some(rules),
            _ => None,
        });
        for rule in head.rules.iter().chain(named.flatten()).filter(|rule| !is_rule(rule)) {
            wrong.push(format!("no rule {rule}"));
        }
        for slug in head.next.iter().filter(|slug| !is_chapter(slug)) {
            wrong.push(format!("no chapter {slug} to go on with"));
        }
        let page = guide::tree::render(&chapter.body).expect("Markdown");
        for href in page.blocks.iter().flat_map(links) {
            let exists = match href.strip_prefix('#').and_then(|place| place.split_once('/')) {
                Some(("rule", name)) => is_rule(name),
                Some(("guide", slug)) => is_chapter(slug),
                _ => href.starts_with("https://"),
            };
            if !exists {
                wrong.push(format!("a link to {href}, which does not exist"));
            }
        }
        wrong
            .into_iter()
            .map(|what| format!("{}: {what}", chapter.path.display()))
            .collect::<Vec<_>>()
    }));
}

fn links(node: &Value) -> Vec<String> {
    let own = node[1]["href"].as_str().map(str::to_owned);
    let children = node.as_array().into_iter().flatten().skip(2).flat_map(links);
    own.into_iter().chain(children).collect()
}

#[test]
fn front_matter_reads_well() {
    check(chapters().iter().flat_map(|chapter| {
        let head = &chapter.head;
        let tests = [
            (head.title.ends_with('.'), "the title ends in a full stop"),
            (
                !head.summary.ends_with('.') || head.summary.contains(". "),
                "the summary is one sentence",
            ),
            (!(1..=6).contains(&head.minutes), "a chapter takes one to six minutes"),
            (
                guide::tree::render(&chapter.body).is_ok_and(|page| page.title.is_some()),
                "the title stands twice",
            ),
            (head.facts.is_empty(), "it covers no fact"),
        ];
        let path = chapter.path.display().to_string();
        tests
            .into_iter()
            .filter(|(wrong, _)| *wrong)
            .map(move |(_, what)| format!("{path}: {what}"))
    }));
}

#[test]
fn every_fact_is_covered() {
    let table = facts::all(&root()).unwrap_or_else(|error| panic!("{error:#}"));
    let all = chapters();
    let covers = |slug: &str, key: &String| {
        all.iter().any(|chapter| chapter.slug == slug && chapter.head.facts.contains(key))
    };
    let uncovered = table.iter().filter_map(|(key, fact)| {
        let slug = &fact.chapter;
        (!covers(slug, key)).then(|| format!("{key}: `{slug}` does not say that it covers it"))
    });
    let unknown = all.iter().flat_map(|chapter| {
        let unknown = chapter.head.facts.iter().filter(|key| !table.contains_key(*key));
        unknown.map(move |key| format!("{}: no fact {key}", chapter.slug))
    });
    check(uncovered.chain(unknown));
}
