//! Findings as Markdown tables, for comments on pull requests.
//!
//! Messages quote the user's text, so every sign that means something is written as an entity: no
//! Dockerfile can end a table or smuggle a link into it.

use super::places::Places;
use super::{Help, Linted, rule_id, uri};
use crate::diagnostic::{Diagnostic, Level};

/// One section for each file, with a table for each level; `help` gives the address of a rule's
/// page.
pub fn markdown(files: &[Linted<'_>], help: Help<'_>) -> String {
    let mut out = String::new();
    for file in files {
        let separator = if out.is_empty() { "" } else { "\n" };
        out.extend([separator, "## ", &escaped(file.name), "\n"]);
        if file.diagnostics.is_empty() {
            out.push_str("\nNothing found.\n");
        }
        let places = Places::new(file.text, file.diagnostics);
        for level in Level::ALL.into_iter().rev() {
            let of_level = file.diagnostics.iter().filter(|found| found.level == level);
            let rows: Vec<String> =
                of_level.map(|found| row(file.name, found, &places, help)).collect();
            if !rows.is_empty() {
                let count = rows.len().to_string();
                out.extend(["\n### ", heading(level), " (", &count, ")\n\n"]);
                out.push_str("| Place | Rule | Finding |\n| --- | --- | --- |\n");
                out.extend(rows);
            }
        }
    }
    out
}

const fn heading(level: Level) -> &'static str {
    match level {
        Level::Error => "Errors",
        Level::Warning => "Warnings",
        Level::Info => "Worth knowing",
        Level::Style => "Style",
    }
}

fn row(name: &str, found: &Diagnostic, places: &Places, help: Help<'_>) -> String {
    let ((line, column), _) = places.of(found.span);
    let (line, column) = (line.to_string(), column.to_string());
    let mut out = String::new();
    out.extend(["| [", &line, ":", &column, "](", &uri(name), "#L", &line, ") | "]);
    let id = rule_id(found);
    match help(found.rule) {
        Some(address) => out.extend(["[", id, "](", &address, ")"]),
        None => out.push_str(id),
    }
    let codes: Vec<&str> = found.codes.iter().copied().filter(|code| *code != id).collect();
    if !codes.is_empty() {
        out.extend([" (", &codes.join(", "), ")"]);
    }
    out.extend([" | ", &message(&found.message), " |\n"]);
    out
}

/// A message with its quoted words as code, where they are harmless.
fn message(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return escaped(text);
    }
    let harmless = |word: &str| {
        !word.is_empty() && !word.contains(|ch: char| matches!(ch, '|' | '\\') || ch.is_control())
    };
    let mut out = String::new();
    for (index, part) in parts.into_iter().enumerate() {
        match index % 2 {
            1 if harmless(part) => out.extend(["`", part, "`"]),
            1 => out.extend(["&quot;", &escaped(part), "&quot;"]),
            _ => out.push_str(&escaped(part)),
        }
    }
    out
}

/// Text that no reader of Markdown takes for anything else.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    let mut before = ' ';
    for ch in text.chars() {
        match ch {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '!' | '$' | '#'
            | '@' => out.extend(["&#", &u32::from(ch).to_string(), ";"]),
            // Addresses would become links.
            '/' if before == ':' => out.push_str("&#47;"),
            ch if ch.is_control() => out.push(' '),
            ch => out.push(ch),
        }
        before = ch;
    }
    out
}
