//! The content security policy of one page.
//!
//! `default-src 'none'` with `connect-src 'self'` is the proof that nothing leaves the browser.
//! Inline scripts and styles are allowed by their hash, so an injected one does not count. A page
//! without scripts may run none, so there is nobody in it who could ask for anything; that it may
//! ask its own site is for tools that look at it from inside, as Lighthouse reads robots.txt.

use crate::finish::files;
use crate::html::{self, Tag};

/// The policy that fits what `html` holds, where all else comes from the same site.
pub fn policy(html: &str) -> String {
    policy_from(html, "'self'")
}

/// The policy of a page that is a file: it asks for nothing, and runs what it has made itself.
pub fn policy_of_file(html: &str) -> String {
    policy_from(html, "blob:").replace("connect-src blob:", "connect-src 'none'")
}

fn policy_from(html: &str, source: &str) -> String {
    let tags = html::tags(html);
    let hashes = |is_inline: fn(&Tag) -> bool| {
        let mut hashes = String::new();
        for tag in tags.iter().filter(|tag| is_inline(tag)) {
            let hash = format!(" 'sha256-{}'", hash(tag.text));
            if !hashes.contains(&hash) {
                hashes.push_str(&hash);
            }
        }
        hashes
    };
    let mut directives = vec!["default-src 'none'".to_owned()];
    let scripts = tags.iter().any(|tag| tag.name == "script");
    if scripts {
        let inline = hashes(is_inline_script);
        directives.push(format!("script-src {source} 'wasm-unsafe-eval'{inline}"));
    }
    directives.push(format!("style-src {source}{}", hashes(|tag| tag.name == "style")));
    directives.push(format!("img-src {source} data:"));
    directives.push(format!("connect-src {source}"));
    if scripts {
        let more = ["font-src", "frame-src", "worker-src"];
        directives.extend(more.map(|name| format!("{name} {source}")));
    }
    directives.push(format!("manifest-src {source}"));
    directives.push(format!("base-uri {source}"));
    directives.push("form-action 'none'".into());
    directives.push("require-trusted-types-for 'script'".into());
    directives.join("; ")
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
    files::sha256(text.replace("\r\n", "\n").as_bytes())
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
    fn a_page_without_scripts_may_run_none() {
        let policy = policy("<style>p {}</style><p>");
        assert!(!policy.contains("script-src") && policy.contains("; connect-src 'self';"));
        assert!(policy.contains("default-src 'none'; style-src 'self' 'sha256-"));
    }

    #[test]
    fn replaces_the_placeholder_and_nothing_else() {
        let page = set(PAGE, "default-src 'none'").unwrap();
        assert_eq!(page, PAGE.replace("content=\"x\"", "content=\"default-src 'none'\""));
        assert_eq!(set(&page, "default-src 'none'").unwrap(), page);
        assert_eq!(set("<p>", "x"), None);
    }
}
