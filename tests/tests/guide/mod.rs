//! The guide: each block does what it says, each figure is looked up, and every fact is covered.
//!
//! CONTRIBUTING.md explains the kinds of blocks.

use std::path::{Path, PathBuf};

use engine::diagnostic::Level;
use engine::explain::explain;
use engine::size::Verdict;
use engine::{Report, Settings, Workspace, analyze, syntax};
use guide::decision::Decision;
use guide::{Block, Chapter, Kind, chapter};

mod commands;
mod data;
mod go;
mod prose;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn chapters() -> Vec<Chapter> {
    chapter::all(&root()).unwrap_or_else(|error| panic!("{error:#}"))
}

fn report(text: &str, fragment: bool) -> Report {
    let workspace = Workspace { dockerfile: text.to_owned(), ..Workspace::default() };
    analyze(&workspace, &Settings { fragment, ..Settings::default() })
}

/// Collects what is wrong, each with its place, and fails with all of it.
fn check(wrong: impl Iterator<Item = String>) {
    let wrong: Vec<_> = wrong.collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// What is wrong with the blocks of all chapters that `pick` wants.
fn blocks(judge: impl Fn(&Chapter, &Block) -> Option<String>) {
    check(chapters().iter().flat_map(|chapter| {
        let place = |block: &Block| format!("{}:{}", chapter.path.display(), block.line);
        let judged =
            chapter.blocks.iter().filter_map(|block| Some((place(block), judge(chapter, block)?)));
        judged.map(|(place, what)| format!("{place}: {what}")).collect::<Vec<_>>()
    }));
}

#[test]
fn dockerfiles_do_what_the_chapters_say() {
    blocks(|chapter, block| {
        let fragment = block.kind == Kind::Fragment;
        if !block.is_dockerfile() && !fragment {
            return None;
        }
        let parsed = syntax::parse(&block.text);
        if let Some(error) = parsed.errors.first() {
            return Some(format!("does not parse: {}", error.message));
        }
        let report = report(&block.text, fragment);
        let found: Vec<_> = report.diagnostics.iter().map(|found| found.rule).collect();
        match &block.kind {
            Kind::Before(rules) => {
                let wanted = if rules.is_empty() { &chapter.head.rules } else { rules };
                let missing: Vec<_> = match rules.is_empty() {
                    true if wanted.iter().any(|rule| found.contains(&rule.as_str())) => Vec::new(),
                    _ => wanted.iter().filter(|rule| !found.contains(&rule.as_str())).collect(),
                };
                (!missing.is_empty()).then(|| format!("no finding of {missing:?}, but {found:?}"))
            }
            Kind::After if !found.is_empty() => Some(format!(
                "has findings: {:?}",
                report
                    .diagnostics
                    .iter()
                    .map(|found| (found.rule, &found.message))
                    .collect::<Vec<_>>()
            )),
            Kind::After if report.verdict != Verdict::Starts => {
                Some(format!("{}: {:?}", report.verdict.name(), report.reasons))
            }
            Kind::Dockerfile | Kind::Fragment => {
                let error = report.diagnostics.iter().find(|found| found.level == Level::Error);
                error.map(|found| format!("{}: {}", found.rule, found.message))
            }
            _ => None,
        }
    });
}

#[test]
fn messages_are_known_to_the_panel_that_explains_them() {
    blocks(|_, block| {
        if block.kind != Kind::Message {
            return None;
        }
        let unknown = |line: &&str| {
            let found = explain(line, &Workspace::default(), &Settings::default());
            found.first().is_none_or(|first| first.kind == "unknown")
        };
        let mut lines = block.text.lines().filter(|line| !line.trim().is_empty());
        lines.find(unknown).map(|line| format!("Explain does not know `{line}`"))
    });
}

#[test]
fn decisions_lead_to_dockerfiles_and_chapters() {
    let slugs: Vec<String> = chapters().into_iter().map(|chapter| chapter.slug).collect();
    blocks(|chapter, block| {
        if block.kind != Kind::Decision {
            return None;
        }
        let decision = match Decision::parse(&block.text) {
            Ok(decision) => decision,
            Err(error) => return Some(format!("{error:#}")),
        };
        decision.answers.iter().find_map(|answer| {
            let text = match answer.text(&chapter.blocks) {
                Ok(text) => text,
                Err(error) => return Some(format!("{error:#}")),
            };
            let nowhere = answer.chapter.as_ref().filter(|slug| !slugs.contains(slug));
            if let Some(slug) = nowhere {
                return Some(format!("no chapter {slug}"));
            }
            let Some(text) = text else {
                let nowhere = answer.chapter.is_none();
                return nowhere.then(|| format!("the answer `{}` leads nowhere", answer.choose));
            };
            let report = report(&text, false);
            let found: Vec<_> = report.diagnostics.iter().map(|found| found.rule).collect();
            (report.verdict != Verdict::Starts || !found.is_empty()).then(|| {
                format!("`{}`: {} {found:?}\n{text}", answer.choose, report.verdict.name())
            })
        })
    });
}

#[test]
fn the_builder_names_chapters_that_exist() {
    let slugs: Vec<String> = chapters().into_iter().map(|chapter| chapter.slug).collect();
    let fields = engine::builder::schema().fields();
    let named = fields.filter(|field| !field.chapter.is_empty());
    check(named.filter_map(|field| {
        let known = slugs.iter().any(|slug| slug == field.chapter);
        (!known).then(|| format!("the field {} names no chapter: {}", field.key, field.chapter))
    }));
}
