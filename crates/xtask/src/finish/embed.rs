//! The page that others embed, and the script that they do it with.
//!
//! Trunk builds one page. This one loads the same application, so what `index.html` loads is put
//! into `static/embed/embed.html`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::files;
use crate::{html, workspace};

/// Where the application goes in `embed.html`.
const PLACE: &str = "<!-- head -->";

/// Writes `embed.html` and all that belongs to it; `index` is the page with our loader.
pub fn write(dist: &Path, index: &str) -> Result<()> {
    let root = workspace::root()?;
    let read = |name: &str| {
        fs::read_to_string(root.join(name)).with_context(|| format!("cannot read {name}"))
    };
    let mut head = head(index);
    for name in ["embed.css", "embed-boot.js"] {
        let text = read(&format!("static/embed/{name}"))?;
        let name = with_hash(name, &text);
        let integrity = files::integrity(text.as_bytes());
        let checked = format!("crossorigin=\"anonymous\" integrity=\"{integrity}\"");
        head.push(match name.ends_with(".css") {
            true => format!("<link rel=\"stylesheet\" href=\"{name}\" {checked}>"),
            false => format!("<script src=\"{name}\" {checked}></script>"),
        });
        files::write(dist, &name, text)?;
    }
    let page = read("static/embed/embed.html")?.replace(PLACE, &head.join("\n    "));
    files::write(dist, "embed.html", page)?;
    files::write(dist, "embed.js", slim(&read("packages/embed/embed.js")?))?;
    for name in ["embed.mjs", "embed.d.ts"] {
        files::write(dist, name, read(&format!("packages/embed/{name}"))?)?;
    }
    Ok(())
}

/// What a page says of the application, and its style; not its first script, which knows of drafts.
fn head(page: &str) -> Vec<String> {
    let mut head = Vec::new();
    for tag in html::tags(page) {
        let text = &page[tag.range.clone()];
        match (tag.name.as_str(), tag.get("rel").or(tag.get("name")), tag.get("type")) {
            // In a sandbox without an origin, what has a hash must be fetched with CORS.
            ("link", Some("stylesheet"), _) if tag.get("crossorigin").is_none() => {
                head.push(text.replacen("<link", "<link crossorigin=\"anonymous\"", 1));
            }
            ("link", Some("stylesheet" | "preload" | "modulepreload"), _)
            | ("meta", Some("folders"), _) => head.push(text.to_owned()),
            ("script", _, Some("importmap" | "module")) => {
                head.push(format!("{text}{}</script>", tag.text));
            }
            _ => {}
        }
    }
    head
}

/// A script without its comments and indentation, which are a sixth of the download.
fn slim(script: &str) -> String {
    let lines = script.lines().map(str::trim_start);
    let kept = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    kept.collect::<Vec<_>>().join("\n") + "\n"
}

/// `embed.css` as `embed-0123456789abcdef.css`, so that it can be kept forever.
fn with_hash(name: &str, text: &str) -> String {
    let hash = files::short_hash([text.as_bytes()]);
    let (stem, kind) = name.split_once('.').unwrap_or((name, ""));
    format!("{stem}-{hash}.{kind}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_over_what_the_page_loads() {
        let page = "<link rel=icon href=a.svg><meta name=\"folders\" content=\"a-1\">\
            <link rel=\"stylesheet\" href=\"a.css\"><script src=boot.js></script>\
            <script type=\"importmap\">{}</script><script type=\"module\">import './b.js'</script>";
        let expected = [
            "<meta name=\"folders\" content=\"a-1\">",
            "<link crossorigin=\"anonymous\" rel=\"stylesheet\" href=\"a.css\">",
            "<script type=\"importmap\">{}</script>",
            "<script type=\"module\">import './b.js'</script>",
        ];
        assert_eq!(head(page), expected);
    }

    #[test]
    fn slims_a_script() {
        let script = "// a\nf(() => {\n  // b\n\n  g(\"//c\");\n});\n";
        assert_eq!(slim(script), "f(() => {\ng(\"//c\");\n});\n");
    }

    #[test]
    fn names_have_a_hash_before_the_dot() {
        let name = with_hash("a-b.css", "x");
        assert!(name.starts_with("a-b-") && name.ends_with(".css") && name.len() == 24, "{name}");
    }
}
