//! `_headers`, as Netlify and Cloudflare Pages read it. Where several rules fit a path, both join
//! what they say, so no path may get the same header twice.

use super::{ASK_ANEW, CACHE, EVERYWHERE, FOREVER, POLICY, Table};

pub fn file(table: &Table) -> String {
    let mut text = String::from("/*\n");
    for (name, value) in EVERYWHERE {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    for (path, policy) in &table.policies {
        let header = format!("  {POLICY}: {policy}\n");
        text.push_str(&format!("{}\n{header}", pattern(path)));
        if path == "/index.html" {
            text.push_str(&format!("/\n{header}  {CACHE}: {ASK_ANEW}\n"));
        }
    }
    for (paths, value) in [(&table.anew, ASK_ANEW), (&table.forever, FOREVER)] {
        for path in paths {
            text.push_str(&format!("{}\n  {CACHE}: {value}\n", pattern(path)));
        }
    }
    text
}

fn pattern(path: &str) -> String {
    if path.ends_with('/') { format!("{path}*") } else { path.to_owned() }
}
