//! For Caddy: `caddy run --config Caddyfile` in the folder that holds `dist/`, or with `SITE_ROOT`
//! and `SITE_ADDRESS` in the environment.

use super::{ASK_ANEW, CACHE, EVERYWHERE, FOREVER, POLICY, Table};

pub fn file(table: &Table) -> String {
    let mut text = String::from(
        "{$SITE_ADDRESS::8080} {\n\troot * {$SITE_ROOT:dist}\n\tencode zstd gzip\n\
         \trespond /_server/* 404\n\theader {\n",
    );
    for (name, value) in EVERYWHERE {
        text.push_str(&format!("\t\t{name} \"{value}\"\n"));
    }
    text.push_str("\t\t-Server\n\t}\n");
    for (index, (path, policy)) in table.policies.iter().enumerate() {
        // What Caddy matches is the path of the request, which may be that of the folder.
        let folder = if path == "/index.html" { " /" } else { "" };
        text.push_str(&format!("\t@policy{index} path {}{folder}\n", pattern(path)));
        text.push_str(&format!("\theader @policy{index} {POLICY} \"{policy}\"\n"));
    }
    let paths: Vec<_> = table.forever.iter().map(|path| pattern(path)).collect();
    text.push_str(&format!("\t@forever path {}\n", paths.join(" ")));
    text.push_str(&format!("\theader @forever {CACHE} \"{FOREVER}\"\n"));
    text.push_str(&format!("\t@anew not path {}\n", paths.join(" ")));
    text.push_str(&format!("\theader @anew {CACHE} {ASK_ANEW}\n"));
    text.push_str(
        "\tfile_server\n\thandle_errors {\n\t\trewrite * /404.html\n\t\tfile_server\n\t}\n}\n",
    );
    text
}

fn pattern(path: &str) -> String {
    if path.ends_with('/') { format!("{path}*") } else { path.to_owned() }
}
