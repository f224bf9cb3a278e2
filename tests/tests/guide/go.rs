//! Go, as its own formatter writes it.

use std::process::{Command, Stdio};

use guide::Kind;

use super::blocks;

/// Whether the toolchain of Go is there.
fn has_gofmt() -> bool {
    let mut probe = Command::new("gofmt");
    probe.arg("-h").stdout(Stdio::null()).stderr(Stdio::null());
    probe.status().is_ok()
}

/// With Go's own formatter; where it is not installed, at least brackets and quotes are closed.
#[test]
fn go_is_formatted() {
    let has_gofmt = has_gofmt();
    blocks(|_, block| {
        if block.kind != Kind::Go {
            return None;
        }
        if !has_gofmt {
            return unbalanced(&block.text);
        }
        let file =
            std::env::temp_dir().join(format!("guide-{}-{}.go", std::process::id(), block.line));
        // A piece of a file has no package clause, which gofmt accepts from standard input only.
        std::fs::write(&file, &block.text).expect("a temporary file");
        let mut gofmt = Command::new("gofmt");
        let input = std::fs::File::open(&file).expect("a temporary file");
        let output = gofmt.stdin(input).output().expect("gofmt starts");
        let _ = std::fs::remove_file(&file);
        let formatted = String::from_utf8_lossy(&output.stdout);
        if !output.status.success() {
            return Some(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        (formatted != block.text).then(|| format!("gofmt writes\n{formatted}"))
    });
}

/// The first bracket of a text of Go that has no partner.
fn unbalanced(text: &str) -> Option<String> {
    let mut open = Vec::new();
    let mut quote = None;
    let mut before = ' ';
    for c in text.chars() {
        match (quote, c) {
            (Some(q), c) if c == q && (before != '\\' || q == '`') => quote = None,
            (Some(_), _) => {}
            (None, '"' | '`' | '\'') => quote = Some(c),
            (None, '(' | '[' | '{') => open.push(c),
            (None, ')' | ']' | '}') => {
                let partner = match c {
                    ')' => '(',
                    ']' => '[',
                    _ => '{',
                };
                if open.pop() != Some(partner) {
                    return Some(format!("`{c}` without `{partner}`"));
                }
            }
            _ => {}
        }
        before = if before == '\\' { ' ' } else { c };
    }
    open.pop().map(|c| format!("`{c}` is not closed"))
}
