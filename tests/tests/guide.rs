//! The guide: each block does what it says, each figure is looked up, and every fact is covered.
//!
//! CONTRIBUTING.md explains the kinds of blocks.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::companions;
use engine::diagnostic::Level;
use engine::explain::explain;
use engine::model::ignore::IgnoreFile;
use engine::rules;
use engine::shell::Script;
use engine::size::Verdict;
use engine::source::Span;
use engine::text::Text;
use engine::{Report, Settings, Workspace, analyze, syntax};
use guide::decision::Decision;
use guide::{Block, Chapter, Claims, Kind, chapter, facts, render};
use serde_json::Value;

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

/// Sub-commands and flags of the command lines that the chapters show, in `guide/commands.toml`.
fn commands() -> BTreeMap<String, BTreeSet<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("guide/commands.toml");
    let text = std::fs::read_to_string(path).expect("the table of commands");
    let table: BTreeMap<String, String> = toml::from_str(&text).expect("a table of flags");
    let words = |flags: String| flags.split_whitespace().map(str::to_owned).collect();
    table.into_iter().map(|(name, flags)| (name, words(flags))).collect()
}

#[test]
fn command_lines_are_commands() {
    let known = commands();
    blocks(|_, block| {
        if block.kind != Kind::Shell {
            return None;
        }
        let place = |range: &std::ops::Range<u32>| Span::new(range.start, range.end);
        let script = Script::parse(&Text::from(block.text.as_str()), &place);
        if !script.whole || !script.strays.is_empty() {
            return Some("no shell would read this to its end".to_owned());
        }
        script.commands.iter().find_map(|command| {
            let words: Vec<&str> = command.words.iter().map(|word| word.text.as_str()).collect();
            misspelt(&words, &known)
        })
    });
}

/// What is wrong with the words of a command of docker, if it is one.
fn misspelt(words: &[&str], known: &BTreeMap<String, BTreeSet<String>>) -> Option<String> {
    if words.first() != Some(&"docker") {
        return None;
    }
    let is_plain = |word: &&&str| word.chars().all(|c| c.is_ascii_lowercase());
    let names: Vec<&str> = words.iter().take(4).take_while(is_plain).copied().collect();
    // The longest name that is known: `docker buildx build`, else `docker build`.
    let longest = (2..=names.len()).rev().map(|count| names[..count].join(" "));
    let Some(name) = longest.into_iter().find(|name| known.contains_key(name)) else {
        return Some(format!("`{}` is not in tests/guide/commands.toml", words.join(" ")));
    };
    let flags = &known[&name];
    let mut takes_value = false;
    for word in &words[name.split(' ').count()..] {
        let flag = word.split('=').next().unwrap_or(word);
        if !flag.starts_with('-') || flag == "-" {
            // What follows the image belongs to the program in it.
            if STARTS_A_PROGRAM.contains(&name.as_str()) && !takes_value {
                return None;
            }
            takes_value = false;
        } else if !flags.contains(flag) {
            return Some(format!("`{name}` has no flag `{flag}` in tests/guide/commands.toml"));
        } else {
            takes_value = !word.contains('=') && !SWITCHES.contains(&flag);
        }
    }
    None
}

/// Commands whose first word that is no flag is an image or a container, and then a program.
const STARTS_A_PROGRAM: [&str; 4] =
    ["docker run", "docker exec", "docker create", "docker compose exec"];

/// Flags of those commands that take no value.
const SWITCHES: [&str; 9] =
    ["--rm", "-d", "--detach", "-i", "--interactive", "-t", "--tty", "-it", "--init"];

#[test]
fn data_are_well_formed() {
    blocks(|_, block| {
        let text = &block.text;
        let error = match block.kind {
            Kind::Yaml => companions::documents(text).and_then(|documents| {
                documents.iter().try_for_each(companions::check)?;
                Ok(documents.is_empty())
            }),
            Kind::Json => serde_json::from_str::<Value>(text)
                .map(|_| false)
                .map_err(|error| error.to_string()),
            Kind::Toml => toml::from_str::<toml::Table>(text)
                .map(|table| table.is_empty())
                .map_err(|error| error.to_string()),
            Kind::Ignore => {
                let IgnoreFile { patterns, errors } = IgnoreFile::parse(text);
                match errors.first() {
                    Some((_, error)) => Err(error.clone()),
                    None => Ok(patterns.is_empty()),
                }
            }
            _ => return None,
        };
        match error {
            Ok(false) => None,
            Ok(true) => Some("is empty".to_owned()),
            Err(error) => Some(error),
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

/// Whether the toolchain of Go is there.
fn gofmt() -> Option<Command> {
    let mut probe = Command::new("gofmt");
    probe.arg("-h").stdout(Stdio::null()).stderr(Stdio::null());
    probe.status().ok().map(|_| Command::new("gofmt"))
}

/// With Go's own formatter; where it is not installed, at least brackets and quotes are closed.
#[test]
fn go_is_formatted() {
    let has_gofmt = gofmt().is_some();
    blocks(|_, block| {
        if block.kind != Kind::Go {
            return None;
        }
        if !has_gofmt {
            return unbalanced(&block.text);
        }
        let file =
            std::env::temp_dir().join(format!("guide-{}-{}.go", std::process::id(), block.line));
        // A piece of a file has no package clause, which gofmt accepts from standard input only.
        std::fs::write(&file, &block.text).expect("a temporary file");
        let mut gofmt = Command::new("gofmt");
        let input = std::fs::File::open(&file).expect("a temporary file");
        let output = gofmt.stdin(input).output().expect("gofmt starts");
        let _ = std::fs::remove_file(&file);
        let formatted = String::from_utf8_lossy(&output.stdout);
        if !output.status.success() {
            return Some(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        (formatted != block.text).then(|| format!("gofmt writes\n{formatted}"))
    });
}

/// The first bracket of a text of Go that has no partner.
fn unbalanced(text: &str) -> Option<String> {
    let mut open = Vec::new();
    let mut quote = None;
    let mut before = ' ';
    for c in text.chars() {
        match (quote, c) {
            (Some(q), c) if c == q && (before != '\\' || q == '`') => quote = None,
            (Some(_), _) => {}
            (None, '"' | '`' | '\'') => quote = Some(c),
            (None, '(' | '[' | '{') => open.push(c),
            (None, ')' | ']' | '}') => {
                let partner = match c {
                    ')' => '(',
                    ']' => '[',
                    _ => '{',
                };
                if open.pop() != Some(partner) {
                    return Some(format!("`{c}` without `{partner}`"));
                }
            }
            _ => {}
        }
        before = if before == '\\' { ' ' } else { c };
    }
    open.pop().map(|c| format!("`{c}` is not closed"))
}

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
        let unit = |word: &str| {
            let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
            ["kB", "KB", "MB", "GB", "TB", "KiB", "MiB", "GiB"]
                .contains(&word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.'))
                .then(|| word.len() > 2 || is_number(word))
                .is_some()
        };
        let mut wrong = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let before = at.checked_sub(1).map_or("", |before| words[before]);
            if unit(word) && (is_number(word) || is_number(before)) {
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

#[test]
fn misspelt_commands_are_found() {
    let known = commands();
    let wrong = |line: &str| misspelt(&line.split(' ').collect::<Vec<_>>(), &known).is_some();
    for bad in [
        "docker biuld .",
        "docker build --taget x .",
        "docker buildx build --cache-form x .",
        "docker run --prot 8080:8080 x",
        "docker buildx imagetools inspekt x",
    ] {
        assert!(wrong(bad), "{bad}");
    }
    for good in [
        "docker build --target debug -t x .",
        "docker run --rm x -health",
        "docker run --rm -p 8080:8080 x --port 8080",
        "docker exec -it x sh -c y",
        "go build --anything",
    ] {
        assert!(!wrong(good), "{good}");
    }
}
