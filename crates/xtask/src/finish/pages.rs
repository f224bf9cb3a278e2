//! The pages beside the application: for a missing address, and about privacy.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

use super::versioned::VERSION;
use super::{csp, files};
use crate::workspace;

/// Every request of a visit, as a test records them.
const REQUESTS: &str = "tests/e2e/requests.txt";

/// What stands between what a page says of itself and its text.
const MAIN: &str = "<!-- main -->\n";

/// Writes them. `index` is the finished page of the application, `home` where it will stand.
pub fn write(dist: &Path, index: &str, home: Option<&str>) -> Result<()> {
    let root = workspace::root()?;
    let read = |name: &str| {
        fs::read_to_string(root.join(name)).with_context(|| format!("cannot read {name}"))
    };
    let (shell, style) = (read("static/site/page.html")?, read("static/site/page.css")?);
    let icon = BASE64_STANDARD.encode(read("static/icons/favicon.svg")?);
    let icon = format!("data:image/svg+xml;base64,{icon}");
    let page = |name: &str, places: &[(&str, &str)]| {
        let text = read(&format!("static/site/{name}"))?;
        let (head, main) = text.split_once(MAIN).with_context(|| format!("{name} has no text"))?;
        let page = fill(&shell, &[("head", head.trim_end()), ("main", main.trim_end())]);
        anyhow::Ok(fill(&fill(&page, &[("style", &style), ("icon", &icon)]), places))
    };
    // A host shows this page at any address, where only an absolute one leads home.
    let missing = page("404.html", &[("home", home.unwrap_or("/"))])?;
    files::write(dist, "404.html", missing)?;

    let policy = csp::policy(index);
    let meanings = toml::from_str(&read("static/site/directives.toml")?)?;
    let kept: Value = toml::from_str(&read("static/site/storage.toml")?)?;
    let privacy = page(
        "privacy.html",
        &[
            ("home", "./"),
            ("version", VERSION),
            ("policy", &escape(&policy.replace("; ", ";\n"))),
            ("directives", &directives(&policy, &meanings)?),
            ("storage", &storage(&kept)),
            ("requests", &requests(&read(REQUESTS)?)),
        ],
    )?;
    files::write(dist, "privacy.html", privacy)
}

fn fill(page: &str, places: &[(&str, &str)]) -> String {
    let put = |page: String, (name, text): &(&str, &str)| page.replace(&format!("[{name}]"), text);
    places.iter().fold(page.to_owned(), put)
}

fn directives(policy: &str, meanings: &BTreeMap<String, String>) -> Result<String> {
    let row = |directive: &str| {
        let name = directive.split(' ').next().unwrap_or_default();
        let meaning = meanings.get(name);
        let meaning = meaning.with_context(|| format!("nothing says what `{name}` means"))?;
        let meaning = escape(meaning);
        Ok(format!("            <tr><td><code>{name}</code></td><td>{meaning}</td></tr>\n"))
    };
    policy.split("; ").map(row).collect()
}

fn storage(kept: &Value) -> String {
    let rows = kept["kept"].as_array().map(Vec::as_slice).unwrap_or_default();
    let row = |row: &Value| {
        let [place, name, what] =
            ["where", "name", "what"].map(|key| escape(row[key].as_str().unwrap_or_default()));
        let name = name.replace('.', "<wbr>.");
        format!("            <tr><td><code>{name}</code><br>{place}</td><td>{what}</td></tr>\n")
    };
    rows.iter().map(row).collect()
}

fn requests(recorded: &str) -> String {
    recorded.lines().map(|line| format!("        <li>{}</li>\n", escape(line))).collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str) -> String {
        fs::read_to_string(workspace::root().unwrap().join(name)).unwrap()
    }

    /// The strings that begin like our keys, in the code that knows the browser's storage.
    fn keys_of_the_code() -> Vec<String> {
        let source = read("crates/web/src/services/storage.rs");
        let mut keys: Vec<_> = source
            .split('"')
            .filter(|word| word.starts_with("dockerfile-playground."))
            .map(str::to_owned)
            .collect();
        keys.push("dockerfile-playground".into());
        keys.sort();
        keys
    }

    #[test]
    fn the_privacy_page_lists_all_that_is_stored_and_nothing_else() {
        let kept: Value = toml::from_str(&read("static/site/storage.toml")).unwrap();
        let rows = kept["kept"].as_array().unwrap().iter();
        let mut listed: Vec<_> = rows.map(|row| row["name"].as_str().unwrap().to_owned()).collect();
        listed.sort();
        assert_eq!(listed, keys_of_the_code());
        assert!(read("static/site/sw.js").contains("`dockerfile-playground ${"));
    }

    #[test]
    fn a_directive_that_nobody_explains_stops_the_build() {
        let meanings = BTreeMap::from([("default-src".to_owned(), "<none>".to_owned())]);
        let rows = directives("default-src 'none'", &meanings).unwrap();
        assert!(rows.contains("<td>&lt;none&gt;</td>"));
        assert!(directives("default-src 'none'; img-src *", &meanings).is_err());
    }
}
