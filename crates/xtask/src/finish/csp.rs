//! The content security policy of one page.
//!
//! `default-src 'none'` with `connect-src 'self'` is the proof that nothing leaves the browser.
//! The only inline scripts are Trunk's loader and what `index.html` holds; each is allowed by its
//! hash, so an injected one does not run.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use crate::html::{self, Tag};

/// The policy that fits the inline scripts of `html`.
pub fn policy(html: &str) -> String {
    let mut scripts = String::from("script-src 'self' 'wasm-unsafe-eval'");
    for tag in html::tags(html).iter().filter(|tag| is_inline_script(tag)) {
        let hash = format!(" 'sha256-{}'", hash(tag.text));
        if !scripts.contains(&hash) {
            scripts.push_str(&hash);
        }
    }
    [
        "default-src 'none'",
        &scripts,
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'self'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
    ]
    .join("; ")
}

/// `html` with `policy` in its `<meta http-equiv="Content-Security-Policy">`, if it has one.
pub fn set(html: &str, policy: &str) -> Option<String> {
    let tags = html::tags(html);
    let meta = tags.iter().find(|tag| {
        tag.name == "meta"
            && tag
                .get("http-equiv")
                .is_some_and(|it| it.eq_ignore_ascii_case("content-security-policy"))
    })?;
    let (before, after) = (&html[..meta.range.start], &html[meta.range.end..]);
    let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    Some(format!("{before}{meta}{after}"))
}

/// A script with a `src` is covered by `'self'`; a data block of another type is never run.
fn is_inline_script(tag: &Tag) -> bool {
    let kind = tag.get("type").unwrap_or_default();
    tag.name == "script"
        && tag.get("src").is_none()
        && matches!(kind, "" | "module" | "importmap" | "text/javascript")
}

/// What the browser hashes: the text between the tags, with its line ends as HTML reads them.
fn hash(text: &str) -> String {
    BASE64_STANDARD.encode(Sha256::digest(text.replace("\r\n", "\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head><meta http-equiv=\"Content-Security-Policy\" content=\"x\">\
        <script type=module>alert(1)</script><script src=a.js></script>\
        <script type=\"application/json\">{}</script></head>";

    #[test]
    fn allows_inline_scripts_by_hash_only() {
        let policy = policy(PAGE);
        // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        assert!(policy.contains("'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"));
        assert_eq!(policy.matches("sha256-").count(), 1);
        assert!(!policy.contains("unsafe-inline"));
    }

    #[test]
    fn replaces_the_placeholder_and_nothing_else() {
        let page = set(PAGE, "default-src 'none'").unwrap();
        assert_eq!(page, PAGE.replace("content=\"x\"", "content=\"default-src 'none'\""));
        assert_eq!(set(&page, "default-src 'none'").unwrap(), page);
        assert_eq!(set("<p>", "x"), None);
    }
}
