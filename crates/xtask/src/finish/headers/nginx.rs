//! For nginx: to be included in its `http` block, as the files in `conf.d` are. It listens on 8080,
//! as a server must that is not root.

use super::{ASK_ANEW, CACHE, EVERYWHERE, FOREVER, POLICY, Table};

const SERVER: &str = r#"
server {
  listen 8080;
  root /usr/share/nginx/html;
  index index.html;
  error_page 404 /404.html;
  location /_ { return 404; }
  # Older lists of types do not know it.
  location ~ \.mjs$ { types {} default_type text/javascript; }
  absolute_redirect off;
  server_tokens off;
  gzip on;
  gzip_comp_level 6;
  gzip_http_version 1.0;
  gzip_vary on;
  gzip_types text/css text/javascript text/plain application/javascript application/json application/wasm image/svg+xml;
"#;

pub fn file(table: &Table) -> String {
    let mut text = String::from("map $uri $playground_policy {\n  default \"\";\n");
    for (path, policy) in &table.policies {
        text.push_str(&format!("  {} \"{policy}\";\n", pattern(path)));
    }
    text.push_str(&format!("}}\nmap $uri $playground_cache {{\n  default \"{ASK_ANEW}\";\n"));
    for path in &table.forever {
        text.push_str(&format!("  {} \"{FOREVER}\";\n", pattern(path)));
    }
    text.push('}');
    text.push_str(SERVER);
    for (name, value) in EVERYWHERE {
        text.push_str(&format!("  add_header {name} \"{value}\" always;\n"));
    }
    text.push_str(&format!("  add_header {POLICY} $playground_policy always;\n"));
    text.push_str(&format!("  add_header {CACHE} $playground_cache always;\n}}\n"));
    text
}

/// Exact names come before patterns in a map, so a worker in a folder keeps its own policy.
fn pattern(path: &str) -> String {
    if path.ends_with('/') {
        format!("\"~^{}\"", path.replace('.', "\\."))
    } else {
        format!("\"{path}\"")
    }
}
