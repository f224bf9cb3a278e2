//! Checks what a visitor downloads against the budgets; ARCHITECTURE.md says why they are what they
//! are.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::finish::{files, offline, single};
use crate::{html, workspace};

/// The application's wasm, brotli at its highest level.
const WASM_BROTLI: usize = 568_000;
/// The linter of shell scripts, loaded after the first paint, brotli at its highest level.
const SHELLCHECK_BROTLI: usize = 1_000_000;
/// The workshop, loaded when it is first wanted, brotli at its highest level.
const WORKSHOP_BROTLI: usize = 207_000;
/// All files of the first load, gzip at its highest level.
const FIRST_LOAD_GZIP: usize = 734_000;
/// The script that a page includes to embed the playground, gzip.
const EMBED_SCRIPT_GZIP: usize = 3_000;
/// All files of the embedded page, gzip: it is the same application, and several share one download.
const EMBED_PAGE_GZIP: usize = FIRST_LOAD_GZIP;

/// The playground as one file, as it is.
const SINGLE_FILE: usize = 4_000_000;
/// All that a browser keeps for use without a network, gzip.
const KEPT_GZIP: usize = 4_000_000;

/// One line of the table.
struct Row {
    what: String,
    bytes: usize,
    budget: Option<usize>,
}

/// Prints the table and fails when a budget is exceeded.
pub fn run() -> Result<()> {
    let dist = workspace::root()?.join("dist");
    if !dist.join("index.html").is_file() {
        bail!("there is no dist/index.html; run `cargo xtask build` first");
    }
    let rows = measure(&dist)?;
    println!("{:<46} {:>9} {:>9}", "", "bytes", "budget");
    for Row { what, bytes, budget } in &rows {
        let budget = budget.map(|budget| budget.to_string()).unwrap_or_default();
        println!("{what:<46} {bytes:>9} {budget:>9}");
    }
    let exceeded = |row: &&Row| row.budget.is_some_and(|budget| row.bytes > budget);
    let exceeded: Vec<_> = rows.iter().filter(exceeded).map(|row| row.what.as_str()).collect();
    if !exceeded.is_empty() {
        bail!("over budget: {}", exceeded.join("; "));
    }
    Ok(())
}

fn measure(dist: &Path) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    let files = first_load(dist, "index.html")?;
    let mut all = 0;
    for file in &files {
        let bytes = gzip(&fs::read(dist.join(file))?)?;
        all += bytes;
        rows.push(Row { what: format!("  {file}, gzip"), bytes, budget: None });
    }
    rows.push(Row { what: "first load, gzip".into(), bytes: all, budget: Some(FIRST_LOAD_GZIP) });

    let wasm = files.iter().find(|file| file.ends_with(".wasm"));
    let wasm = wasm.context("index.html loads no wasm")?;
    let bytes = brotli(&fs::read(dist.join(wasm))?)?;
    rows.push(Row { what: "app wasm, brotli".into(), bytes, budget: Some(WASM_BROTLI) });

    let bytes = brotli(&later(dist, "shellcheck")?)?;
    let budget = Some(SHELLCHECK_BROTLI);
    rows.push(Row { what: "ShellCheck's rules, later, brotli".into(), bytes, budget });

    let bytes = brotli(&later(dist, "workshop")?)?;
    let budget = Some(WORKSHOP_BROTLI);
    rows.push(Row { what: "workshop, later, brotli".into(), bytes, budget });

    let bytes = files::read(dist, single::FILE)?.len();
    rows.push(Row { what: "one file, as it is".into(), bytes, budget: Some(SINGLE_FILE) });

    let mut bytes = 0;
    for file in offline::kept(dist)? {
        bytes += gzip(&files::read(dist, &file)?)?;
    }
    rows.push(Row { what: "kept for use offline, gzip".into(), bytes, budget: Some(KEPT_GZIP) });

    if let Ok(script) = fs::read(dist.join("embed.js")) {
        let bytes = gzip(&script)?;
        let budget = Some(EMBED_SCRIPT_GZIP);
        rows.push(Row { what: "embed script, gzip".into(), bytes, budget });
    }
    if dist.join("embed.html").is_file() {
        let mut bytes = 0;
        for file in first_load(dist, "embed.html")? {
            bytes += gzip(&fs::read(dist.join(file))?)?;
        }
        rows.push(Row { what: "embed page, gzip".into(), bytes, budget: Some(EMBED_PAGE_GZIP) });
    }
    Ok(rows)
}

/// A module that is loaded when it is needed. Its folder or its file has a hash in the name.
fn later(dist: &Path, name: &str) -> Result<Vec<u8>> {
    let files = files::all(dist)?;
    let is = |file: &&String| file.starts_with(name) && file.ends_with(".wasm");
    let file = files.iter().find(is).with_context(|| format!("dist/ has no module of {name}"))?;
    files::read(dist, file)
}

/// The files that a browser asks for before anyone does anything: what the page names, and what
/// its modules import statically. A lazy `import()` is not followed; that is what it is for.
fn first_load(dist: &Path, page: &str) -> Result<BTreeSet<String>> {
    let mut files = BTreeSet::from([page.to_owned()]);
    let mut waiting = vec![page.to_owned()];
    while let Some(file) = waiting.pop() {
        let names = match file.rsplit_once('.') {
            Some((_, "html")) => named_by_html(&read(dist, &file)?),
            Some((_, "js" | "mjs")) => named_by_module(&read(dist, &file)?),
            _ => Vec::new(),
        };
        for name in names {
            let name = resolve(&file, &name);
            if dist.join(&name).is_file() && files.insert(name.clone()) {
                waiting.push(name);
            }
        }
    }
    Ok(files)
}

fn read(dist: &Path, file: &str) -> Result<String> {
    fs::read_to_string(dist.join(file)).with_context(|| format!("cannot read dist/{file}"))
}

fn named_by_html(text: &str) -> Vec<String> {
    const RELATIONS: [&str; 6] =
        ["stylesheet", "modulepreload", "preload", "icon", "manifest", "apple-touch-icon"];
    let mut names = Vec::new();
    for tag in html::tags(text) {
        let is_loaded = |rel: &str| rel.split_whitespace().any(|rel| RELATIONS.contains(&rel));
        match tag.name.as_str() {
            "link" if tag.get("rel").is_some_and(is_loaded) => names.extend(tag.get("href")),
            "script" | "img" => names.extend(tag.get("src")),
            _ => {}
        }
        // An import map says where something is, and loads nothing.
        if tag.name == "script" && tag.get("type") != Some("importmap") {
            // Trunk's loader names the glue and the wasm, nothing else.
            names.extend(quoted(tag.text));
        }
    }
    names.into_iter().map(str::to_owned).collect()
}

/// The quoted strings behind `from` and `import` without a parenthesis.
fn named_by_module(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for keyword in ["from", "import"] {
        for (at, _) in text.match_indices(keyword) {
            let rest = text[at + keyword.len()..].trim_start();
            if let Some(quote @ ('"' | '\'')) = rest.chars().next() {
                names.extend(rest[1..].split(quote).next().map(str::to_owned));
            }
        }
    }
    names
}

fn quoted(text: &str) -> Vec<&str> {
    let mut parts = text.split(['"', '\'']);
    parts.next();
    parts.step_by(2).collect()
}

/// `name` as `file` means it: relative to its folder, or to the root of the site.
fn resolve(file: &str, name: &str) -> String {
    let name = name.split(['?', '#']).next().unwrap_or(name);
    let mut parts: Vec<&str> = match name.starts_with('/') {
        true => Vec::new(),
        false => file.split('/').collect(),
    };
    parts.pop();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

fn brotli(bytes: &[u8]) -> Result<usize> {
    const BEST: u32 = 11;
    const LARGEST_WINDOW: u32 = 24;
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), 1 << 16, BEST, LARGEST_WINDOW);
    encoder.write_all(bytes)?;
    Ok(encoder.into_inner().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolves_names_like_a_browser() {
        assert_eq!(resolve("index.html", "./a.js"), "a.js");
        assert_eq!(resolve("snippets/x/a.js", "../b.js?v=1"), "snippets/b.js");
        assert_eq!(resolve("snippets/a.js", "/c.css"), "c.css");
    }

    #[test]
    fn follows_static_imports_only() {
        let module = "import { a } from './a.js';import\"./b.js\";const c=import('./c.js');";
        assert_eq!(named_by_module(module), ["./a.js", "./b.js"]);
    }

    #[test]
    fn finds_what_a_page_loads() {
        let page = "<link rel=stylesheet href=a.css><link rel=alternate href=b><img src=c.svg>\
                    <script type=\"importmap\">{\"x\":\"./e.js\"}</script><script>import init from './d.js'; init('./e.wasm')</script>";
        assert_eq!(named_by_html(page), ["a.css", "c.svg", "./d.js", "./e.wasm"]);
    }

    #[test]
    fn measures_compressed_sizes() {
        let text = b"FROM golang\n".repeat(1000);
        assert!(gzip(&text).unwrap() < 200);
        assert!(brotli(&text).unwrap() < 100);
    }
}
