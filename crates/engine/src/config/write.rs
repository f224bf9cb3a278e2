//! Settings as a `.hadolint.yaml`.

use crate::diagnostic::Level;
use crate::report::{LabelKind, Settings};
use crate::rules;
use crate::syntax::json_string;

/// The settings that hadolint has, as its configuration file. Rules that it does not have keep our
/// names: it passes over them, and [`super::read`] knows them.
pub fn write(settings: &Settings) -> String {
    let mut out = String::new();
    list(&mut out, "", "ignored", &codes(settings.ignored.iter()));
    let mut levels = String::new();
    for level in Level::ALL.into_iter().rev() {
        let named = settings.levels.iter().filter(|(_, other)| *other == level);
        list(&mut levels, "  ", level.name(), &codes(named.map(|(name, _)| name)));
    }
    if !levels.is_empty() {
        out.extend(["override:\n", &levels]);
    }
    list(&mut out, "", "trustedRegistries", &settings.trusted_registries);
    if !settings.label_schema.is_empty() {
        out.push_str("label-schema:\n");
    }
    for (label, kind) in &settings.label_schema {
        out.extend(["  ", &scalar(label), ": ", name(*kind), "\n"]);
    }
    for (key, value) in [
        ("strict-labels", settings.strict_labels),
        ("disable-ignore-pragma", settings.disable_ignore_pragma),
    ] {
        if value {
            out.extend([key, ": true\n"]);
        }
    }
    if out.is_empty() { "ignored: []\n".to_owned() } else { out }
}

const fn name(kind: LabelKind) -> &'static str {
    match kind {
        LabelKind::Email => "email",
        LabelKind::GitHash => "hash",
        LabelKind::Raw => "text",
        LabelKind::Time => "rfc3339",
        LabelKind::SemanticVersion => "semver",
        LabelKind::Spdx => "spdx",
        LabelKind::Url => "url",
    }
}

/// The names as hadolint knows them, each once.
fn codes<'s>(names: impl Iterator<Item = &'s String>) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for name in names {
        let bare = name.rsplit(':').next().unwrap_or(name);
        let upper = bare.to_ascii_uppercase();
        let is_code = |code: &str| code.starts_with("DL") || code.starts_with("SC");
        let known = rules::find(name).filter(|_| !is_code(&upper));
        let mut found: Vec<&str> = known.into_iter().flat_map(rules::Rule::codes).collect();
        found.retain(|code| is_code(code));
        if found.is_empty() {
            found.push(if is_code(&upper) { &upper } else { known.map_or(name, |rule| rule.name) });
        }
        for code in found {
            if !codes.iter().any(|other| other == code) {
                codes.push(code.to_owned());
            }
        }
    }
    codes
}

fn list(out: &mut String, indent: &str, key: &str, items: &[String]) {
    if !items.is_empty() {
        out.extend([indent, key, ":\n"]);
    }
    for item in items {
        out.extend([indent, "  - ", &scalar(item), "\n"]);
    }
}

/// A text that YAML reads as that text: in quotes unless it is plainly a word.
fn scalar(text: &str) -> String {
    let plain = |ch: char| ch.is_ascii_alphanumeric() || "-_./".contains(ch);
    let words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    let is_word = text.starts_with(|ch: char| ch.is_ascii_alphabetic())
        && text.chars().all(plain)
        && !words.iter().any(|word| word.eq_ignore_ascii_case(text));
    if is_word { text.to_owned() } else { json_string(text) }
}
