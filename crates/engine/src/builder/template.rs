//! Templates: text with conditions, loops and names in angle brackets.
//!
//! - `%if CONDITION`, `%else`, `%end` keep or drop lines.
//! - `%each LIST` ... `%end` repeats lines; `<item>`, and `<name>` and `<value>` of `name=value`, stand for
//!   the item, and `<quoted>` for a value as it stands between double quotes.
//! - `%let NAME = TEXT` names a text, `%use FILE` takes in another template, and `%facts NAME` looks up
//!   what the catalogue knows of the image of that name.
//! - `#1 ` and `#2 ` start comments: short ones, and those that teach.
//! - `<key>` stands for a value, `<CONDITION?TEXT>` for a text under a condition, and `<image:key>` for an
//!   image as the recipe wants it pinned.
//!
//! A condition is `key`, `!key`, `key=one|other` or `key!=one|other`; several are joined by `&`. A
//! key alone asks whether there is a value other than `no` and `none`.

use super::render::{facts, pinned};

include!(concat!(env!("OUT_DIR"), "/templates.rs"));

/// Names and their values; the last of a name counts.
#[derive(Debug, Default, Clone)]
pub(super) struct Vars(Vec<(String, String)>);

impl Vars {
    pub(super) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.push((name.to_owned(), value.into()));
    }

    /// A value; empty where there is none. `list.first` and `list.rest` are parts of a list,
    /// `list.name` and `list.value` those of its first item, and
    /// `list.words` and `list.commas` all of it in one line.
    pub(super) fn get(&self, name: &str) -> String {
        let found = |name: &str| self.0.iter().rev().find(|(key, _)| key == name);
        if let Some((_, value)) = found(name) {
            return value.clone();
        }
        let (list, part) = name.rsplit_once('.').unwrap_or_default();
        let Some((_, list)) = found(list) else { return String::new() };
        match part {
            "first" => list.lines().next().unwrap_or_default().to_owned(),
            "name" | "value" => {
                let first = list.lines().next().unwrap_or_default();
                let (name, value) = first.split_once('=').unwrap_or((first, ""));
                (if part == "name" { name } else { value }).to_owned()
            }
            "rest" => list.split_once('\n').map_or("", |(_, rest)| rest).to_owned(),
            "words" => list.replace('\n', " "),
            "commas" => list.replace('\n', ","),
            _ => String::new(),
        }
    }

    pub(super) fn holds(&self, condition: &str) -> bool {
        condition.split('&').map(str::trim).all(|term| {
            if let Some((key, values)) = term.split_once("!=") {
                let value = self.get(key);
                return values.split('|').all(|other| other != value);
            }
            if let Some((key, values)) = term.split_once('=') {
                let value = self.get(key);
                return values.split('|').any(|other| other == value);
            }
            let key = term.trim_start_matches('!');
            let is = key.is_empty() || !matches!(self.get(key).as_str(), "" | "no" | "none");
            is != term.starts_with('!')
        })
    }

    /// Fills the names of a text.
    pub(super) fn fill(&self, text: &str) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('<') {
            filled.push_str(before);
            let hole = after.starts_with(|ch: char| ch.is_ascii_lowercase() || ch == '!');
            let Some((inside, behind)) = hole.then(|| inside(after)).flatten() else {
                filled.push('<');
                rest = after;
                continue;
            };
            match inside.split_once('?') {
                Some((condition, text)) if self.holds(condition) => {
                    filled.push_str(&self.fill(text));
                }
                Some(_) => {}
                None => match inside.strip_prefix("image:") {
                    Some(name) => filled.push_str(&pinned(self, name)),
                    None => filled.push_str(&self.get(inside)),
                },
            }
            rest = behind;
        }
        filled + rest
    }

    /// Fills a template; the values that it names stay.
    pub(super) fn render(&mut self, template: &str) -> String {
        let mut output = Output::default();
        self.run(template, &mut output);
        output.finish()
    }

    fn run(&mut self, template: &str, output: &mut Output) {
        let found = TEMPLATES.iter().find(|(name, _)| *name == template);
        let text = found.map_or("", |(_, text)| *text);
        let lines: Vec<&str> = text.lines().collect();
        self.block(&lines, output);
    }

    fn block(&mut self, mut lines: &[&str], output: &mut Output) {
        while let Some((line, after)) = lines.split_first() {
            lines = after;
            let Some(directive) = line.trim_start().strip_prefix('%') else {
                output.push(&self.commented(line));
                continue;
            };
            let (what, argument) = directive.split_once(' ').unwrap_or((directive, ""));
            match what {
                "if" | "each" => {
                    let (yes, no, behind) = branches(lines);
                    lines = behind;
                    if what == "each" {
                        self.each(argument, yes, output);
                    } else {
                        self.block(if self.holds(argument) { yes } else { no }, output);
                    }
                }
                "let" => {
                    let (name, text) = argument.split_once(" = ").unwrap_or((argument, ""));
                    let value = self.fill(text).trim_start().to_owned();
                    self.set(name.trim_end_matches(" ="), value);
                }
                "use" => self.run(argument, output),
                "facts" => facts(self, argument),
                _ => {}
            }
        }
    }

    fn each(&mut self, list: &str, lines: &[&str], output: &mut Output) {
        let known = self.0.len();
        for item in self.get(list).lines() {
            let (name, value) = item.split_once('=').unwrap_or((item, ""));
            self.set("item", item);
            self.set("name", name);
            self.set("value", value);
            self.set("quoted", quoted(value));
            self.block(lines, output);
            self.0.truncate(known);
        }
    }

    /// A line with its names filled; nothing for a comment that nobody asked for.
    fn commented(&self, line: &str) -> Option<String> {
        let text = line.trim_start();
        let indent = line.strip_suffix(text).unwrap_or_default();
        let (level, text) = match text.split_at_checked(3) {
            Some(("#1 ", text)) => (1, text),
            Some(("#2 ", text)) => (2, text),
            _ => return Some(self.fill(line)),
        };
        let wanted = match self.get("comments").as_str() {
            "teaching" => 2,
            "short" => 1,
            _ => 0,
        };
        (level <= wanted).then(|| format!("{indent}# {}", self.fill(text)))
    }
}

/// A value as it stands between double quotes in a Dockerfile.
fn quoted(value: &str) -> String {
    let mut quoted = String::new();
    for ch in value.chars() {
        if matches!(ch, '"' | '\\' | '$') {
            quoted.push('\\');
        }
        quoted.push(ch);
    }
    quoted
}

/// What stands before the `>` that ends a hole, and what behind it.
fn inside(text: &str) -> Option<(&str, &str)> {
    let mut depth = 1;
    for (at, byte) in text.bytes().enumerate() {
        depth += match byte {
            b'<' => 1,
            b'>' => -1,
            _ => 0,
        };
        if depth == 0 {
            return Some((text.get(..at)?, text.get(at + 1..)?));
        }
    }
    None
}

/// The lines of a block before and behind its `%else`, and those behind its `%end`.
fn branches<'l, 't>(lines: &'l [&'t str]) -> (&'l [&'t str], &'l [&'t str], &'l [&'t str]) {
    let (mut depth, mut otherwise) = (0, None);
    for (at, line) in lines.iter().enumerate() {
        let Some(directive) = line.trim_start().strip_prefix('%') else { continue };
        match directive.split(' ').next().unwrap_or_default() {
            "if" | "each" => depth += 1,
            "else" if depth == 0 => otherwise = Some(at),
            "end" if depth == 0 => {
                let (block, behind) = lines.split_at(at);
                let behind = behind.get(1..).unwrap_or_default();
                return match otherwise {
                    Some(at) => {
                        let (yes, no) = block.split_at(at);
                        (yes, no.get(1..).unwrap_or_default(), behind)
                    }
                    None => (block, &[], behind),
                };
            }
            "end" => depth -= 1,
            _ => {}
        }
    }
    (lines, &[], &[])
}

/// The lines so far.
#[derive(Default)]
struct Output {
    text: String,
    /// Whether the next line goes on where `RUN \` ends, so that what it runs stands beside it.
    joins: bool,
}

impl Output {
    fn push(&mut self, line: &Option<String>) {
        let Some(line) = line.as_deref().map(str::trim_end) else { return };
        if line.is_empty() && (self.text.is_empty() || self.text.ends_with("\n\n")) {
            return;
        }
        if line == "RUN \\" {
            self.text.push_str("RUN ");
            self.joins = true;
            return;
        }
        let joins = std::mem::take(&mut self.joins);
        self.text.push_str(if joins { line.trim_start() } else { line });
        self.text.push('\n');
    }

    fn finish(self) -> String {
        let text = self.text.trim_end();
        if text.is_empty() { String::new() } else { format!("{text}\n") }
    }
}
