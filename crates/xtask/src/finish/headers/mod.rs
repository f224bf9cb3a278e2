//! Headers for the hosts that can send them: one table, written as `_headers` (Netlify, Cloudflare
//! Pages), and for nginx and Caddy in `_server/`.
//!
//! The page is safe without them, since its policy is in its `<meta>` as well. They add caching:
//! what has a hash in its name never changes, and all else must be asked for anew. A stale
//! `index.html` beside new files would stop at their integrity check. They also allow other sites
//! to load the embedded page, and forbid them to frame the full one.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;

use super::files;

mod caddy;
mod netlify;
mod nginx;

/// An HTML file and its policy.
pub struct Page {
    /// The path below the root of the site.
    pub name: String,
    /// The content security policy.
    pub policy: String,
}

/// What every answer has.
const EVERYWHERE: [(&str, &str); 4] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    // A page that embeds the playground may be of any origin, also of none (a sandbox).
    ("Access-Control-Allow-Origin", "*"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
];
const POLICY: &str = "Content-Security-Policy";
const CACHE: &str = "Cache-Control";
const FOREVER: &str = "public, max-age=31536000, immutable";
const ASK_ANEW: &str = "no-cache";

/// What a worker may do that loads a module: fetch it. A worker has a policy of its own, which only
/// its own headers can give it.
const WORKER: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
/// What the service worker may do: fetch the files that it keeps.
const SERVICE_WORKER: &str = "default-src 'none'; script-src 'self'; connect-src 'self'";

/// The pages that other sites may show in a frame.
const FRAMED: &str = "embed.html";

/// Headers that not every file has. Paths begin with a slash; those of folders end with one.
#[derive(Debug, Default, PartialEq, Eq)]
struct Table {
    /// The policy of files and whole folders.
    policies: Vec<(String, String)>,
    /// Files and folders that never change.
    forever: Vec<String>,
    /// Files that must be asked for anew even where a host thinks otherwise.
    anew: Vec<String>,
}

/// Writes all three.
pub fn write(dist: &Path, pages: &[Page]) -> Result<()> {
    let table = Table::of(pages, &files::all(dist)?);
    files::write(dist, "_headers", netlify::file(&table))?;
    files::write(dist, "_server/nginx.conf", nginx::file(&table))?;
    files::write(dist, "_server/Caddyfile", caddy::file(&table))
}

impl Table {
    fn of(pages: &[Page], names: &[String]) -> Self {
        let mut table = Self::default();
        for page in pages {
            let mut policy = page.policy.clone();
            if page.name != FRAMED {
                policy.push_str("; frame-ancestors 'self'");
            }
            // Pages of one folder are alike, and some hosts allow few lines.
            let path = match page.name.split_once('/') {
                Some((folder, _)) => format!("/{folder}/"),
                None => format!("/{}", page.name),
            };
            if !table.policies.contains(&(path.clone(), policy.clone())) {
                table.policies.push((path.clone(), policy));
            }
            if !path.ends_with('/') {
                table.anew.push(path);
            }
        }
        let mut forever = BTreeSet::new();
        for name in names {
            let (first, rest) = name.split_once('/').unwrap_or((name, ""));
            let file = rest.rsplit('/').next().unwrap_or_default();
            if first == "v" {
                forever.insert("/v/".to_owned());
            } else if has_hash(first) {
                let end = if rest.is_empty() { "" } else { "/" };
                forever.insert(format!("/{first}{end}"));
                if rest == "worker.js" {
                    table.policies.push((format!("/{name}"), WORKER.into()));
                }
            } else if has_hash(file) {
                forever.insert(format!("/{name}"));
            } else if name == "sw.js" {
                table.policies.push(("/sw.js".into(), SERVICE_WORKER.into()));
                table.anew.push("/sw.js".into());
            }
        }
        table.forever = forever.into_iter().collect();
        table
    }
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
    fn one_table_for_three_kinds_of_host() {
        let page = |name: &str| Page { name: name.into(), policy: "default-src 'none'".into() };
        let pages =
            [page("index.html"), page("embed.html"), page("rules/a.html"), page("rules/b.html")];
        let names = [
            "index.html",
            "sw.js",
            "web-0123456789abcdef.js",
            "shellcheck-0123456789abcdef/worker.js",
            "v/1.0.0/index.html",
            "workshop/workshop-0123456789abcdef.js",
            "snippets/web-0123456789abcdef/js/a.js",
        ];
        let table = Table::of(&pages, &names.map(str::to_owned));
        let own = "default-src 'none'; frame-ancestors 'self'";
        let policies: Vec<_> =
            table.policies.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(
            policies,
            [
                ("/index.html", own),
                ("/embed.html", "default-src 'none'"),
                ("/rules/", own),
                ("/sw.js", SERVICE_WORKER),
                ("/shellcheck-0123456789abcdef/worker.js", WORKER),
            ]
        );
        assert_eq!(table.anew, ["/index.html", "/embed.html", "/sw.js"]);
        assert_eq!(
            table.forever,
            [
                "/shellcheck-0123456789abcdef/",
                "/v/",
                "/web-0123456789abcdef.js",
                "/workshop/workshop-0123456789abcdef.js"
            ]
        );
        for text in [netlify::file(&table), nginx::file(&table), caddy::file(&table)] {
            for part in ["frame-ancestors 'self'", "immutable", "no-cache", "cross-origin", "/v/"] {
                assert!(text.contains(part), "{part} is missing in\n{text}");
            }
        }
    }
}
