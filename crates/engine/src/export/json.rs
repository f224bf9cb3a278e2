//! Findings as JSON, and the writer for it.

use super::Linted;
use crate::diagnostic::{Diagnostic, Edit};
use crate::source::{LineIndex, Span};
use crate::syntax::json_string;

/// Writes JSON from left to right and puts the commas.
#[derive(Debug, Default)]
pub(super) struct Writer {
    out: String,
}

impl Writer {
    pub(super) fn finish(self) -> String {
        self.out
    }

    fn separate(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with(['{', '[', ':']) {
            self.out.push(',');
        }
    }

    /// Opens an object or an array.
    pub(super) fn open(&mut self, bracket: char) {
        self.separate();
        self.out.push(bracket);
    }

    pub(super) fn close(&mut self, bracket: char) {
        self.out.push(bracket);
    }

    pub(super) fn key(&mut self, key: &str) {
        self.string(key);
        self.out.push(':');
    }

    /// A key whose value is an object or an array.
    pub(super) fn open_key(&mut self, key: &str, bracket: char) {
        self.key(key);
        self.open(bracket);
    }

    pub(super) fn string(&mut self, text: &str) {
        self.separate();
        self.out.push_str(&json_string(text));
    }

    pub(super) fn text(&mut self, key: &str, text: &str) {
        self.key(key);
        self.string(text);
    }

    pub(super) fn number(&mut self, key: &str, number: u32) {
        self.key(key);
        self.out.push_str(&number.to_string());
    }

    pub(super) fn strings(&mut self, key: &str, strings: &[&str]) {
        self.open_key(key, '[');
        strings.iter().for_each(|text| self.string(text));
        self.close(']');
    }
}

/// The findings of all files, as an array of `{"id", "diagnostics"}`.
pub fn json(files: &[Linted<'_>]) -> String {
    let mut writer = Writer::default();
    writer.open('[');
    for file in files {
        writer.open('{');
        writer.text("id", file.name);
        writer.key("diagnostics");
        write_all(&mut writer, file.text, file.diagnostics);
        writer.close('}');
    }
    writer.close(']');
    writer.finish()
}

/// Findings as a JSON array, each in the form that the command line answers with.
pub fn diagnostics(text: &str, found: &[Diagnostic]) -> String {
    let mut writer = Writer::default();
    write_all(&mut writer, text, found);
    writer.finish()
}

fn write_all(writer: &mut Writer, text: &str, found: &[Diagnostic]) {
    let places = Places { text, lines: LineIndex::new(text) };
    writer.open('[');
    found.iter().for_each(|found| diagnostic(writer, found, &places));
    writer.close(']');
}

struct Places<'t> {
    text: &'t str,
    lines: LineIndex,
}

impl Places<'_> {
    fn write(&self, writer: &mut Writer, span: Span) {
        for (key, offset) in [("start", span.start), ("end", span.end)] {
            let place = self.lines.position(self.text, offset);
            writer.open_key(key, '{');
            writer.number("offset", place.offset);
            writer.number("line", place.line);
            writer.number("column", place.column);
            writer.close('}');
        }
    }
}

fn diagnostic(writer: &mut Writer, found: &Diagnostic, places: &Places<'_>) {
    writer.open('{');
    writer.text("rule", found.rule);
    writer.strings("codes", found.codes);
    writer.text("level", found.level.name());
    writer.text("message", &found.message);
    writer.number("instruction_line", found.instruction_line);
    places.write(writer, found.span);
    if !found.related.is_empty() {
        writer.open_key("related", '[');
        for related in &found.related {
            writer.open('{');
            places.write(writer, related.span);
            writer.text("message", &related.message);
            writer.close('}');
        }
        writer.close(']');
    }
    if let Some(fix) = &found.fix {
        writer.open_key("fix", '{');
        writer.text("title", &fix.title);
        writer.text("applicability", fix.applicability.name());
        writer.open_key("edits", '[');
        for Edit { span, text } in &fix.edits {
            writer.open('{');
            places.write(writer, *span);
            writer.text("text", text);
            writer.close('}');
        }
        writer.close(']');
        writer.close('}');
    }
    writer.close('}');
}
