//! The playground as one HTML file, for rooms without a network and computers without a server.
//!
//! The page is the same. Style sheet and first script stand in it; all other files are packed into
//! data blocks, which `static/site/single.js` unpacks when they are wanted. Its policy allows no
//! request at all.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use flate2::Compression;
use flate2::write::DeflateEncoder;

use super::{csp, files, loader, offline};
use crate::html::{self, Tag};
use crate::workspace;

/// Where it goes in `dist/`.
pub const FILE: &str = "download/dockerfile-playground.html";

/// Writes it from the finished page `index` and the files that it loads.
pub fn write(dist: &Path, index: &str) -> Result<()> {
    let script = fs::read_to_string(workspace::root()?.join("static/site/single.js"))?;
    let program = loader::Program::of(index).context("the page has no loader")?;
    let script = script
        .replace("[start]", &program.start)
        .replace("[glue]", &program.glue)
        .replace("[wasm]", &program.wasm);
    let page = inline(&offline::unmark(index), dist)?;
    let blocks = blocks(dist)?;
    let end = format!("{blocks}<script type=\"module\">\n{script}</script>\n  </body>");
    let page = page.replacen("</body>", &end, 1);
    let page = csp::set(&page, &csp::policy_of_file(&page)).context("the page has no policy")?;
    files::write(dist, FILE, page)
}

/// `html` with its style sheet, icon and first script in it, and without what leads elsewhere.
fn inline(html: &str, dist: &Path) -> Result<String> {
    let mut page = String::with_capacity(html.len() * 8);
    let mut copied = 0;
    for tag in &html::tags(html) {
        let Some(replacement) = replacement(tag, dist)? else { continue };
        page.push_str(&html[copied..tag.range.start]);
        page.push_str(&replacement);
        copied = tag.range.end + tag.text.len();
        let end = format!("</{}>", tag.name);
        if matches!(tag.name.as_str(), "a" | "script") {
            // The end tag goes with the start tag; of a link only the words stay.
            let at = html[copied..].find(&end).context("a tag without an end")?;
            page.push_str(&html[copied..copied + at]);
            copied += at + end.len();
        }
    }
    page.push_str(&html[copied..]);
    Ok(page)
}

fn replacement(tag: &Tag, dist: &Path) -> Result<Option<String>> {
    let text = |name: Option<&str>| -> Result<String> {
        let name = name.unwrap_or_default().trim_start_matches("./");
        Ok(String::from_utf8(files::read(dist, name)?)?)
    };
    let relation = tag.get("rel").unwrap_or_default();
    Ok(match tag.name.as_str() {
        "link" if relation == "stylesheet" => {
            Some(format!("<style>{}</style>", text(tag.get("href"))?))
        }
        "link" if relation == "icon" => {
            let icon = BASE64_STANDARD.encode(text(tag.get("href"))?);
            Some(format!("<link rel=\"icon\" href=\"data:image/svg+xml;base64,{icon}\">"))
        }
        "link" => Some(String::new()),
        "script" if tag.get("src").is_some() => {
            Some(format!("<script>{}</script>", text(tag.get("src"))?))
        }
        "script" if tag.get("type") == Some("module") => Some(String::new()),
        "a" if tag
            .get("href")
            .is_some_and(|href| !href.starts_with(['#']) && !href.contains(':')) =>
        {
            Some(String::new())
        }
        _ => None,
    })
}

/// The data blocks: a folder of small texts as one, every other file alone.
fn blocks(dist: &Path) -> Result<String> {
    let mut texts: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut blocks = String::new();
    for name in offline::kept(dist)? {
        let content = files::read(dist, &name)?;
        let kind = name.rsplit('.').next().unwrap_or_default();
        match (name.split_once('/'), kind) {
            (Some((folder, _)), "json" | "txt") => {
                let texts = texts.entry(format!("{folder}/")).or_default();
                texts.insert(name.clone(), String::from_utf8(content)?);
            }
            (_, "js" | "wasm") => blocks.push_str(&block(&name, &content)?),
            _ => {}
        }
    }
    for (folder, texts) in texts {
        blocks.push_str(&block(&folder, serde_json::to_string(&texts)?.as_bytes())?);
    }
    Ok(blocks)
}

fn block(name: &str, content: &[u8]) -> Result<String> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    let content = BASE64_STANDARD.encode(encoder.finish()?);
    Ok(format!("<script type=\"text/plain\" data-packed=\"{name}\">{content}</script>\n    "))
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::DeflateDecoder;

    use super::*;

    #[test]
    fn nothing_in_the_file_leads_out_of_it() {
        let dist = std::env::temp_dir().join("playground-single-test");
        files::write(&dist, "a.css", "p { color: red }").unwrap();
        files::write(&dist, "b.js", "1 < 2").unwrap();
        let page = "<head><link rel=stylesheet href=./a.css><link rel=manifest href=m.json>\
             <script src=./b.js></script></head><a href=\"#x\">X</a><a href=privacy.html>Words</a>";
        let page = inline(page, &dist).unwrap();
        fs::remove_dir_all(&dist).unwrap();
        assert_eq!(
            page,
            "<head><style>p { color: red }</style><script>1 < 2</script></head>\
             <a href=\"#x\">X</a>Words"
        );
    }

    #[test]
    fn a_block_holds_the_file() {
        let block = block("a.js", b"aaaaaaaaaa").unwrap();
        let (_, content) = block.split_once("data-packed=\"a.js\">").unwrap();
        let content = BASE64_STANDARD.decode(content.split('<').next().unwrap()).unwrap();
        let mut text = String::new();
        DeflateDecoder::new(&content[..]).read_to_string(&mut text).unwrap();
        assert_eq!(text, "aaaaaaaaaa");
    }
}
