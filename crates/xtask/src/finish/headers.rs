//! The `_headers` file that static hosts such as Netlify and Cloudflare Pages read.
//!
//! The page is safe without it, since the policy is in its `<meta>` as well. It adds caching: what
//! has a hash in its name never changes, and all else must be asked for anew. A stale `index.html`
//! beside new files would stop at their integrity check.

use std::path::Path;

use anyhow::Result;

/// An HTML file and its policy.
pub struct Page {
    /// The file name.
    pub name: String,
    /// The content security policy.
    pub policy: String,
}

/// What the worker of the linter of shell scripts may do: fetch its own module.
const WORKER: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/// The text of `_headers`.
pub fn file(pages: &[Page], hashed: &[String]) -> String {
    let mut text =
        String::from("/*\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n");
    let mut add = |path: &str, policy: &str| {
        text.push_str(&format!(
            "/{path}\n  Content-Security-Policy: {policy}\n  Cache-Control: no-cache\n"
        ));
    };
    for page in pages {
        if page.name == "index.html" {
            add("", &page.policy);
        }
        add(&page.name, &page.policy);
    }
    // A worker has a policy of its own, which only its own headers can give it.
    text.push_str(&format!("/shellcheck/worker.js\n  Content-Security-Policy: {WORKER}\n"));
    for name in hashed {
        text.push_str(&format!("/{name}\n  Cache-Control: public, max-age=31536000, immutable\n"));
    }
    text
}

/// The files of `folder` with a hash in the name, sorted: those at its top, which Trunk named, and
/// those of the workshop.
pub fn hashed_files(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for within in ["", "workshop/"] {
        let entries = folder.join(within).read_dir()?.flatten();
        let files = entries.map(|it| it.file_name().to_string_lossy().into_owned());
        names.extend(files.filter(|name| has_hash(name)).map(|name| format!("{within}{name}")));
    }
    names.sort();
    Ok(names)
}

/// Whether a part of the name is a 64-bit number in hexadecimal, as in
/// `web-0123456789abcdef_bg.wasm`. Trunk drops leading zeros, so it may be a little shorter.
fn has_hash(name: &str) -> bool {
    let mut parts = name.split(|c: char| !c.is_ascii_alphanumeric());
    parts.any(|part| (12..=16).contains(&part.len()) && part.chars().all(|c| c.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_names_with_a_hash() {
        assert!(has_hash("web-0123456789abcdef_bg.wasm"));
        assert!(has_hash("style-0123456789abcdef.css"));
        assert!(!has_hash("index.html"));
        assert!(!has_hash("deadbeef.css"));
    }

    #[test]
    fn never_lets_a_page_be_kept_unasked() {
        let page = Page { name: "index.html".into(), policy: "default-src 'none'".into() };
        let text = file(&[page], &["web-0123456789abcdef.js".into()]);
        assert!(text.contains(
            "/\n  Content-Security-Policy: default-src 'none'\n  Cache-Control: no-cache\n"
        ));
        assert!(text.contains("/web-0123456789abcdef.js\n  Cache-Control: public"));
    }
}
