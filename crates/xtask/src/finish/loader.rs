//! The script that loads the application.
//!
//! Trunk writes one that fetches the wasm without checking it, since browsers ignore `integrity` on
//! a preload by fetch. Ours fetches with `integrity`, and an import map holds the hashes of all
//! modules.

use std::path::Path;

use anyhow::{Context, Result};

use super::{files, import_map, imports};
use crate::html::{self, Tag};

/// The files that make up the application, as a finished page names them.
pub struct Program {
    /// The wasm.
    pub wasm: String,
    /// The module that wasm-bindgen wrote for it.
    pub glue: String,
    /// The module that starts it.
    pub start: String,
}

impl Program {
    /// Reads them from our loader.
    pub fn of(html: &str) -> Option<Self> {
        let tags = html::tags(html);
        let loader = tags.iter().find(|tag| tag.get("type") == Some("module"))?;
        let named = |before: &str| {
            let (_, rest) = loader.text.split_once(before)?;
            rest.split('"').next().map(str::to_owned)
        };
        Some(Self {
            wasm: named("fetch(\"")?,
            start: named("import(\"")?,
            glue: named("start(import(\"")?,
        })
    }
}

/// `html` with our loader in the place of Trunk's, and without the preload of the wasm: a request
/// with `integrity` would not use it.
pub fn replace(html: &str, dist: &Path) -> Result<String> {
    let tags = html::tags(html);
    let is_loader = |tag: &&Tag| tag.text.contains("__trunkInitializer");
    let trunk = tags.iter().find(is_loader).context("index.html has no loader of Trunk's")?;
    let named = |end: &str| {
        let mut strings = trunk.text.split('\'').skip(1).step_by(2);
        let name = strings.find(|name| name.ends_with(end));
        name.with_context(|| format!("the loader names no file `*{end}`"))
    };
    let (wasm, start) = (named("_bg.wasm")?, named("-init.js")?);
    let glue = wasm.replace("_bg.wasm", ".js");

    let (before, after) = imports::shorten(dist, &glue, wasm)?;
    let map = import_map::of(dist, &[&glue, start])?;
    let hash = files::integrity(&files::read(dist, wasm)?);
    let scripts = format!(
        "<script type=\"importmap\">{map}</script>\n    \
         <script type=\"module\">\n      \
         const wasm = fetch(\"{wasm}\", {{ integrity: \"{hash}\" }});\n      \
         import(\"{start}\").then(({{ default: start }}) => start(import(\"{glue}\"), wasm));\n    "
    );
    let mut finished = String::with_capacity(html.len());
    let mut copied = 0;
    for tag in &tags {
        let replacement = match tag {
            _ if tag.range == trunk.range => scripts.as_str(),
            _ if tag.get("rel") == Some("preload") && tag.get("as") == Some("fetch") => "",
            _ => continue,
        };
        finished.push_str(&html[copied..tag.range.start]);
        finished.push_str(replacement);
        copied = tag.range.end + tag.text.len();
    }
    finished.push_str(&html[copied..]);
    // Trunk preloads the glue with the hash that it had.
    Ok(finished.replace(&before, &after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{env, fs};

    #[test]
    fn checks_the_wasm_and_every_module() {
        let dist = env::temp_dir().join("playground-loader-test");
        for name in ["a.js", "b-init.js", "snippets/x/c.js", "workshop/workshop-1.js", "boot.js"] {
            files::write(&dist, name, name).unwrap();
        }
        const WASM: &[u8] = b"\0asm\x01\0\0\0";
        files::write(&dist, "a_bg.wasm", WASM).unwrap();
        let page = "<head><script type=module>function __trunkInitializer(){}\n\
             import init from './a.js';import i from './b-init.js';init('./a_bg.wasm')</script>\
             <link rel=preload href=./a_bg.wasm integrity=x as=fetch></head>";
        let page = replace(page, &dist).unwrap();
        fs::remove_dir_all(&dist).unwrap();
        let hash = files::integrity(WASM);
        assert!(page.contains(&format!("fetch(\"./a_bg.wasm\", {{ integrity: \"{hash}\" }})")));
        for name in ["a.js", "b-init.js", "snippets/x/c.js", "workshop/workshop-1.js"] {
            let hash = files::integrity(name.as_bytes());
            assert!(page.contains(&format!("\"./{name}\":\"{hash}\"")), "{name}: {page}");
        }
        assert!(page.contains("\"imports\":{\"workshop\":\"./workshop/workshop-1.js\"}"));
        assert!(!page.contains("preload") && !page.contains("boot.js"));
        assert!(page.ends_with("</script></head>"));
        let program = Program::of(&page).unwrap();
        let names = [program.wasm, program.glue, program.start];
        assert_eq!(names, ["./a_bg.wasm", "./a.js", "./b-init.js"]);
    }
}
