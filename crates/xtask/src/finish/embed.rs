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

/// A script without its comments and indentation, without spaces beside punctuation, and with short
/// names for what is private to a class: a quarter less to download. Its regular expressions hold
/// neither quotes nor spaces, and its texts no word after `#`.
fn slim(script: &str) -> String {
    let lines = script.lines().map(str::trim_start);
    let kept = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    shorten_private(&squeeze(&(kept.collect::<Vec<_>>().join("\n") + "\n")))
}

/// Drops spaces beside punctuation, and line ends and semicolons that no statement needs; not within
/// quotes.
fn squeeze(script: &str) -> String {
    let is_tight = |c: char| "=>{}()[],:;?|&<!*".contains(c);
    let mut kept = String::with_capacity(script.len());
    let (mut quote, mut escaped) = (None, false);
    let mut chars = script.chars().peekable();
    while let Some(c) = chars.next() {
        let before = kept.chars().next_back().unwrap_or(';');
        let after = chars.peek().copied().unwrap_or_default();
        if let Some(open) = quote {
            if c == open && !escaped {
                quote = None;
            }
            escaped = c == '\\' && !escaped;
        } else if matches!(c, '"' | '\'' | '`') {
            quote = Some(c);
        } else if c == ' ' && (is_tight(before) || is_tight(after))
            || c == '\n' && (",{;(".contains(before) || "})".contains(after))
        {
            continue;
        } else if c == '}' && before == ';' {
            kept.pop();
        }
        kept.push(c);
    }
    kept
}

/// `#frame` becomes `#a`, the next one `#b`, and so on; the 27th keeps its name.
fn shorten_private(script: &str) -> String {
    let mut names = Vec::new();
    let mut pieces = script.split('#');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let end = piece.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(piece.len());
        let (name, rest) = piece.split_at(end);
        let known = names.iter().position(|it| *it == name);
        let at = known.unwrap_or_else(|| {
            names.push(name);
            names.len() - 1
        });
        text.push('#');
        match ('a'..='z').nth(at) {
            Some(letter) => text.push(letter),
            None => text.push_str(name),
        }
        text.push_str(rest);
    }
    text
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
        let script = "// a\nf(() => {\n  // b\n\n  g(\"//c : \\\" = d\", a + b);\n});\n";
        assert_eq!(slim(script), "f(()=>{g(\"//c : \\\" = d\",a + b)});");
        let class = "class A {\n  #one;\n  #other = `${x} = y`;\n  get() {\n    return this.#other ?? this.#one;\n  }\n  b() {}\n}\n";
        let slimmed = "class A{#a;#b=`${x} = y`;get(){return this.#b??this.#a}\nb(){}}\n";
        assert_eq!(slim(class), slimmed);
    }

    #[test]
    fn names_have_a_hash_before_the_dot() {
        let name = with_hash("a-b.css", "x");
        assert!(name.starts_with("a-b-") && name.ends_with(".css") && name.len() == 24, "{name}");
    }
}
