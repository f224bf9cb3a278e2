//! The pages of the rules are their tests: each example is linted, and its findings and fixes are
//! compared with the blocks behind it. `UPDATE=1 cargo test -p tests rules` rewrites those blocks.
//!
//! A page holds ```` ```dockerfile ```` blocks, which must have findings of the page's rule and are
//! followed by a `findings` block and, where there is a fix, a `fixed` block; and
//! ```` ```dockerfile ok ```` blocks, which must have none. `broken` marks examples with syntax
//! errors on purpose, `long` those in which `…` stands for 65,536 letters,
//! `cut` those whose last line has no end. A `settings` block (TOML: `set = "hadolint"`) or a `dockerignore` block before
//! an example is for that example only.

use crate::settings;
use engine::diagnostic::{Diagnostic, Fix};
use engine::rules::{self, OFF_AT_THE_PEER, Rule};
use engine::shellcheck::ShellLinter;
use engine::source::LineIndex;
use engine::{RuleSet, Settings, Workspace};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd};
use shellcheck::ShellCheck;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

const HEADINGS: [&str; 5] = ["Why", "Example", "Instead", "When it is fine", "See also"];

/// One example with what belongs to it.
#[derive(Default)]
struct Case {
    line: usize,
    text: String,
    ok: bool,
    broken: bool,
    settings: Settings,
    dockerignore: Option<String>,
    findings: Option<String>,
    fixed: Option<String>,
    /// Behind the example, up to the end of its last block.
    expectations: Range<usize>,
}

struct Page {
    rule: &'static Rule,
    path: PathBuf,
    text: String,
}

fn pages() -> Vec<Page> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/engine/src/rules");
    let page = |rule: &&'static Rule| {
        let path = root.join(rule.area.name()).join(rule.name.replace('-', "_") + ".md");
        let text = std::fs::read_to_string(&path).expect("each rule has a page");
        Page { rule, path, text }
    };
    rules::all().iter().map(page).collect()
}

/// The Dockerfiles on all pages, before and after their fixes.
pub fn examples() -> Vec<String> {
    let texts = |page: &Page| {
        let cases = cases(&page.text).into_iter();
        cases.flat_map(|case| [Some(case.text), case.fixed]).flatten().collect::<Vec<_>>()
    };
    pages().iter().flat_map(texts).collect()
}

/// The fenced blocks of a page: what stands behind the fence, the text, and the place of both.
fn blocks(page: &str) -> Vec<(String, String, Range<usize>)> {
    let mut blocks = Vec::new();
    let mut current: Option<(String, String)> = None;
    for (event, range) in Parser::new(page).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                current = Some((info.to_string(), String::new()));
            }
            Event::Text(text) => {
                if let Some((_, body)) = &mut current {
                    body.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                blocks.extend(current.take().map(|(info, body)| (info, body, range)));
            }
            _ => {}
        }
    }
    blocks
}

/// An example under all rules.
fn fresh() -> Case {
    Case { settings: Settings { set: RuleSet::All, ..Settings::default() }, ..Case::default() }
}

fn cases(page: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut next = fresh();
    for (info, body, range) in blocks(page) {
        let mut words = info.split_whitespace();
        match words.next() {
            Some("dockerfile") => {
                let flags: Vec<&str> = words.collect();
                next.line = page[..range.start].lines().count() + 1;
                // A page cannot hold what is too long to read.
                let long = flags.contains(&"long");
                next.text = if long { body.replace('…', &"x".repeat(1 << 16)) } else { body };
                if flags.contains(&"cut") {
                    next.text.truncate(next.text.trim_end_matches('\n').len());
                }
                next.ok = flags.contains(&"ok");
                next.broken = flags.contains(&"broken");
                next.expectations = range.end..range.end;
                cases.push(next);
                next = fresh();
            }
            Some("settings") => {
                let value = toml::from_str(&body).expect("settings in TOML");
                next.settings = Settings { set: next.settings.set, ..settings::of_json(&value) };
                if value.get("set").is_some() {
                    next.settings.set = settings::of_json(&value).set;
                }
            }
            Some("dockerignore") => next.dockerignore = Some(body),
            Some(kind @ ("findings" | "fixed")) => {
                let case = cases.last_mut().expect("a block behind an example");
                case.expectations.end = range.end;
                let slot = if kind == "fixed" { &mut case.fixed } else { &mut case.findings };
                assert!(slot.replace(body).is_none(), "two `{kind}` blocks for one example");
            }
            _ => {}
        }
    }
    cases
}

fn lint(text: &str, case: &Case, rule: &Rule) -> Vec<Diagnostic> {
    let workspace = Workspace {
        dockerfile: text.to_owned(),
        dockerignore: case.dockerignore.clone(),
        ..Workspace::default()
    };
    // The linter of scripts is slow; only its own page asks it.
    let linter = (rule.name == "shellcheck").then(ShellCheck::default);
    let linter = linter.as_ref().map(|linter| linter as &dyn ShellLinter);
    let report = engine::analyze_with(&workspace, &case.settings, linter);
    report.diagnostics.into_iter().filter(|found| found.rule == rule.name).collect()
}

fn shown(text: &str, found: &[Diagnostic]) -> String {
    let lines = LineIndex::new(text);
    let mut out = String::new();
    for diagnostic in found {
        let start = lines.position(text, diagnostic.span.start);
        let end = lines.position(text, diagnostic.span.end);
        let _ = writeln!(
            out,
            "{}:{}-{}:{} {} {}: {}",
            start.line,
            start.column,
            end.line,
            end.column,
            diagnostic.level.name(),
            diagnostic.rule,
            diagnostic.message
        );
    }
    out
}

/// The text after all fixes of the rule; `None` where there is no fix.
fn fixed(text: &str, found: &[Diagnostic]) -> Option<String> {
    let fixes: Vec<&Fix> = found.iter().filter_map(|found| found.fix.as_ref()).collect();
    (!fixes.is_empty()).then(|| engine::fix::apply(text, &fixes).text)
}

/// What the page says and should not, one line each; with `UPDATE`, the page is rewritten instead.
fn check(page: &Page) -> Vec<String> {
    let mut problems = Vec::new();
    let mut rewritten = page.text.clone();
    for case in cases(&page.text).iter().rev() {
        let mut complain = |what: String| {
            problems.push(format!("{}:{}: {what}", page.path.display(), case.line));
        };
        let errors = engine::syntax::parse(&case.text).errors;
        if !case.broken && !errors.is_empty() {
            complain(format!("does not parse: {}", errors[0].message));
        }
        let found = lint(&case.text, case, page.rule);
        let lines = shown(&case.text, &found);
        if case.ok {
            if !found.is_empty() {
                complain(format!("should be silent, but says\n{lines}"));
            }
            continue;
        }
        if found.is_empty() {
            complain("should have findings, and has none".to_owned());
            continue;
        }
        let after = fixed(&case.text, &found);
        if let Some(after) = &after {
            let again = lint(after, case, page.rule);
            if let Some(left) = again.iter().find(|found| found.fix.is_some()) {
                complain(format!("after its fix it still wants one: {}\n{after}", left.message));
            }
            if *after == case.text {
                complain("the fix changes nothing".to_owned());
            }
        }
        if std::env::var_os("UPDATE").is_some() {
            let mut blocks = format!("\n```findings\n{lines}```");
            if let Some(after) = &after {
                let _ = write!(blocks, "\n```fixed\n{after}```");
            }
            rewritten.replace_range(case.expectations.clone(), &blocks);
            continue;
        }
        if case.findings.as_ref() != Some(&lines) {
            complain(format!("has other findings than the page says:\n{lines}"));
        }
        if case.fixed != after {
            complain(format!("has another fix than the page says:\n{}", after.unwrap_or_default()));
        }
    }
    if rewritten != page.text {
        std::fs::write(&page.path, rewritten).expect("the page can be written");
    }
    problems
}

#[test]
fn pages_tell_what_rules_do() {
    let problems: Vec<String> = pages().iter().flat_map(check).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn pages_have_examples_of_both_kinds() {
    for page in pages() {
        let (ok, bad): (Vec<_>, Vec<_>) = cases(&page.text).into_iter().partition(|case| case.ok);
        assert!(!ok.is_empty() && !bad.is_empty(), "{}", page.path.display());
    }
}

#[test]
fn pages_have_the_same_headings() {
    for page in pages() {
        let mut found: Vec<(HeadingLevel, String)> = Vec::new();
        let mut inside = false;
        for event in Parser::new(&page.text) {
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    inside = true;
                    found.push((level, String::new()));
                }
                Event::End(TagEnd::Heading(_)) => inside = false,
                Event::Text(text) if inside => {
                    found.last_mut().expect("inside of a heading").1.push_str(&text);
                }
                _ => {}
            }
        }
        let title = (HeadingLevel::H1, page.rule.name.to_owned());
        let sections = HEADINGS.iter().map(|name| (HeadingLevel::H2, (*name).to_owned()));
        let expected: Vec<_> = std::iter::once(title).chain(sections).collect();
        assert_eq!(found, expected, "{}", page.path.display());
    }
}

#[test]
fn links_between_pages_lead_to_rules() {
    for page in pages() {
        for event in Parser::new(&page.text) {
            let Event::Start(Tag::Link { dest_url, .. }) = event else { continue };
            let known = match dest_url.strip_suffix(".md") {
                Some(name) => rules::all().iter().any(|rule| rule.name == name),
                None => dest_url.starts_with("https://"),
            };
            assert!(known, "{}: {dest_url}", page.path.display());
        }
    }
}

#[test]
fn sets_hold_the_rules_that_their_peers_have() {
    for rule in rules::all() {
        let has = |peer: &str| {
            let mut aliases = rule.aliases.iter().filter(|alias| !OFF_AT_THE_PEER.contains(alias));
            aliases.any(|alias| alias.starts_with(peer))
        };
        let hadolint = has("hadolint:") || has("shellcheck:");
        assert_eq!(rule.is_in(RuleSet::Hadolint), hadolint, "{}", rule.name);
        assert_eq!(rule.is_in(RuleSet::BuildKit), has("buildkit:"), "{}", rule.name);
        assert!(rule.is_in(RuleSet::All), "{}", rule.name);
        for alias in rule.aliases {
            let code = alias.split_once(':').expect("an alias names its peer").1;
            assert!(rule.answers_to(alias) && rule.answers_to(code), "{alias}");
        }
    }
}
