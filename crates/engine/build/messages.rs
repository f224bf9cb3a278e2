//! Writes `messages.txt`: the table of `data/messages.toml`, one line for each field.
//!
//! The page fetches the same text, so `cargo xtask web-prepare` has this file too. What only matters
//! to people who change the table, its sources, stays behind.

use std::path::Path;

use toml::{Table, Value};

/// Keys of a row that hold one text or number, with their letters.
const SINGLE: [(&str, char); 5] =
    [("rank", 'k'), ("title", 't'), ("cause", 'c'), ("otherwise", 'o'), ("tells", 'n')];
/// Keys of a row that hold a list of texts.
const LISTS: [(&str, char); 4] = [("steps", 's'), ("rules", 'r'), ("look", 'l'), ("patterns", 'p')];

/// Reads `data/messages.toml` and writes `messages.txt` into `out`.
#[allow(dead_code, reason = "xtask has its own way to read and write")]
pub fn generate(out: &Path) -> Result<(), String> {
    let path = "data/messages.toml";
    println!("cargo::rerun-if-changed={path}");
    let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let lines = compact(&text).map_err(|error| format!("{path}: {error}"))?;
    let path = out.join("messages.txt");
    std::fs::write(&path, lines).map_err(|error| format!("{}: {error}", path.display()))
}

/// The table in the form that the engine reads.
pub fn compact(toml: &str) -> Result<String, String> {
    let table = toml.parse::<Table>().map_err(|error| error.to_string())?;
    let Some(Value::Array(rows)) = table.get("message") else {
        return Err("no [[message]]".to_owned());
    };
    let mut names: Vec<&str> = Vec::new();
    let mut lines = String::new();
    for row in rows {
        let name = row.get("name").and_then(Value::as_str).unwrap_or_default();
        if name.is_empty() || names.contains(&name) {
            return Err(format!("{name:?} must be there, and only once"));
        }
        names.push(name);
        lines += &format!("@{name}\n");
        lines += &fields(row).map_err(|error| format!("message {name:?}: {error}"))?;
    }
    Ok(lines)
}

fn fields(row: &Value) -> Result<String, String> {
    let empty = Table::new();
    let table = row.as_table().unwrap_or(&empty);
    let known = |key: &str| {
        let mut all = SINGLE.iter().chain(&LISTS).map(|(name, _)| *name);
        matches!(key, "name" | "source") || all.any(|name| name == key)
    };
    if let Some(key) = table.keys().find(|key| !known(key)) {
        return Err(format!("unknown key {key:?}"));
    }
    let mut lines = String::new();
    let mut line = |letter: char, text: &str| {
        if text.is_empty() || text.trim() != text || text.contains(['\n', '\r']) {
            return Err(format!("{text:?} must be one line without blanks around it"));
        }
        lines.push(letter);
        lines.push_str(text);
        lines.push('\n');
        Ok(())
    };
    let texts = |key: &str| -> Result<Vec<&str>, String> {
        let Some(value) = table.get(key) else { return Ok(Vec::new()) };
        let all = value.as_array().map(|items| items.iter().map(Value::as_str).collect());
        all.flatten().ok_or_else(|| format!("{key} must be a list of texts"))
    };
    for (key, letter) in SINGLE {
        match table.get(key) {
            None => {}
            Some(Value::String(text)) => line(letter, text)?,
            Some(Value::Integer(number @ 0..=5)) if key == "rank" => {
                line(letter, &number.to_string())?;
            }
            Some(_) => return Err(format!("{key} is of another kind")),
        }
    }
    let patterns = texts("patterns")?;
    for (key, letter) in LISTS {
        // Patterns may begin and end with blanks that count, so they are checked on their own.
        if key != "patterns" {
            texts(key)?.into_iter().try_for_each(|text| line(letter, text))?;
        }
    }
    for pattern in &patterns {
        check(pattern)?;
        lines.push_str(&format!("p{pattern}\n"));
    }
    let is_context = table.get("rank").and_then(Value::as_integer) == Some(0);
    for key in ["title", "cause"] {
        if !is_context && !table.contains_key(key) {
            return Err(format!("{key} is missing"));
        }
    }
    if !patterns.is_empty() && texts("source")?.is_empty() {
        return Err("source is missing: where was the wording seen?".to_owned());
    }
    holes(table, &patterns)?;
    Ok(lines)
}

/// Whether the engine can find the wording.
fn check(pattern: &str) -> Result<(), String> {
    let wrong = |why: &str| Err(format!("pattern {pattern:?}: {why}"));
    let mut text = pattern.trim_start_matches('^');
    if let Some(rest) = text.strip_prefix('{') {
        text = rest.split_once('}').map_or("", |(_, rest)| rest);
    }
    if text.split('{').next().is_none_or(|first| first.trim_end_matches('$').len() < 4) {
        return wrong("the first literal needs four bytes");
    }
    if pattern.contains("}{")
        || pattern.contains(['\n', '\u{2018}', '\u{201c}', '\u{2019}', '\u{201d}'])
    {
        return wrong("no line ends, no curly quotes, and no hole right behind another");
    }
    for piece in text.split('{').skip(1) {
        let name = piece.split_once('}').map(|(name, _)| name.trim_start_matches('*'));
        let is_name = |name: &str| name.chars().all(|ch| ch.is_ascii_lowercase());
        if !name.is_some_and(is_name) {
            return wrong("a hole is {name} or {*name}");
        }
    }
    Ok(())
}

/// Whether each hole in a text is one that all wordings fill, or has something else to say.
fn holes(table: &Table, patterns: &[&str]) -> Result<(), String> {
    let mut texts: Vec<&str> = Vec::new();
    for key in ["title", "cause", "otherwise", "steps", "look"] {
        match table.get(key) {
            Some(Value::String(text)) => texts.push(text),
            Some(Value::Array(items)) => texts.extend(items.iter().filter_map(Value::as_str)),
            _ => {}
        }
    }
    for text in texts {
        for hole in text.split('{').skip(1).filter_map(|piece| Some(piece.split_once('}')?.0)) {
            let name = hole.split('|').next().unwrap_or_default();
            let has = |pattern: &&&str| {
                pattern.contains(&format!("{{{name}}}"))
                    || pattern.contains(&format!("{{*{name}}}"))
            };
            let filled = patterns.iter().filter(has).count();
            if filled == 0 || (filled < patterns.len() && !hole.contains('|')) {
                return Err(format!("{text:?}: not every wording has {{{name}}}"));
            }
        }
    }
    for look in table.get("look").and_then(Value::as_array).into_iter().flatten() {
        let role = look.as_str().unwrap_or_default().split(" | ").next().unwrap_or_default();
        let Some((_, name)) = role.split_once('=') else { continue };
        if name.starts_with('\'') {
            continue;
        }
        let has = |pattern: &&str| {
            pattern.contains(&format!("{{{name}}}")) || pattern.contains(&format!("{{*{name}}}"))
        };
        if !patterns.iter().any(has) {
            return Err(format!("{role:?}: no wording has {{{name}}}"));
        }
    }
    Ok(())
}
