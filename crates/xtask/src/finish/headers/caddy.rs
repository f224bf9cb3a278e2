//! For Caddy: `caddy run --config Caddyfile` in the folder that holds `dist/`, or with `SITE_ROOT`,
//! `SITE_ADDRESS` and `SITE_PATH` (as `/a/b`) in the environment.

use super::{ASK_ANEW, CACHE, EVERYWHERE, FOREVER, POLICY, Table};

/// What is worth packing; without a list, Caddy leaves wasm as it is.
const PACKED: [&str; 5] =
    ["text/", "application/javascript", "application/json", "application/wasm", "image/svg+xml"];

pub fn file(table: &Table) -> String {
    // Where Caddy answers with an error, it forgets the headers of what failed.
    let mut text = String::from("(everywhere) {\n\theader {\n");
    for (name, value) in EVERYWHERE {
        text.push_str(&format!("\t\t{name} \"{value}\"\n"));
    }
    text.push_str(
        "\t\t-Server\n\t}\n}\n\
         {$SITE_ADDRESS::8080} {\n\troot * {$SITE_ROOT:dist}\n\
         \tencode zstd gzip {\n\t\tmatch {\n",
    );
    for kind in PACKED {
        text.push_str(&format!("\t\t\theader Content-Type {kind}*\n"));
    }
    text.push_str(
        "\t\t}\n\t}\n\
         \thandle_path {$SITE_PATH}/* {\n\t\timport everywhere\n",
    );
    for (index, (path, policy)) in table.policies.iter().enumerate() {
        // What Caddy matches is the path of the request, which may be that of the folder.
        let folder = if path == "/index.html" { " /" } else { "" };
        text.push_str(&format!("\t\t@policy{index} path {}{folder}\n", pattern(path)));
        text.push_str(&format!("\t\theader @policy{index} {POLICY} \"{policy}\"\n"));
    }
    let paths: Vec<_> = table.forever.iter().map(|path| pattern(path)).collect();
    let paths = paths.join(" ");
    text.push_str(&format!(
        "\t\t@forever path {paths}\n\t\theader @forever {CACHE} \"{FOREVER}\"\n\
         \t\t@anew not path {paths}\n\t\theader @anew {CACHE} {ASK_ANEW}\n\
         \t\t@hidden path /_*\n\t\terror @hidden 404\n\
         \t\tfile_server\n\t}}\n\
         \thandle_errors {{\n\t\timport everywhere\n\t\trewrite * /404.html\n"
    ));
    text.push_str(&format!("\t\theader {CACHE} {ASK_ANEW}\n"));
    if let Some((_, policy)) = table.policies.iter().find(|(path, _)| path == "/404.html") {
        text.push_str(&format!("\t\theader {POLICY} \"{policy}\"\n"));
    }
    text.push_str("\t\tfile_server\n\t}\n}\n");
    text
}

fn pattern(path: &str) -> String {
    if path.ends_with('/') { format!("{path}*") } else { path.to_owned() }
}
