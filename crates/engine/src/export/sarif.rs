//! SARIF 2.1.0, as GitHub and other services take it.

use super::json::Writer;
use super::places::Places;
use super::{Help, Linted, rule_id, uri};
use crate::diagnostic::{Diagnostic, Level};
use crate::order;
use crate::rules;
use crate::source::Span;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// One run over `files`; `help` gives the address of a rule's page.
pub fn sarif(files: &[Linted<'_>], help: Help<'_>) -> String {
    let all = files.iter().flat_map(|file| file.diagnostics);
    let mut names: Vec<(&str, &str)> = all.map(|found| (rule_id(found), found.rule)).collect();
    order::by_text(&mut names, |(id, _)| id);
    names.dedup();
    let mut writer = Writer::default();
    writer.open('{');
    writer.text("$schema", SCHEMA);
    writer.text("version", "2.1.0");
    writer.open_key("runs", '[');
    writer.open('{');
    writer.open_key("tool", '{');
    writer.open_key("driver", '{');
    writer.text("name", "Dockerfile Playground");
    writer.text("semanticVersion", env!("CARGO_PKG_VERSION"));
    writer.open_key("rules", '[');
    names.iter().for_each(|(id, rule)| write_rule(&mut writer, id, rule, help));
    writer.close(']');
    writer.close('}');
    writer.close('}');
    writer.text("columnKind", "utf16CodeUnits");
    writer.open_key("results", '[');
    for file in files {
        let places = Places::new(file.text, file.diagnostics);
        let place = File { uri: &uri(file.name), places: &places };
        for found in file.diagnostics {
            let index = names.partition_point(|(id, _)| *id < rule_id(found));
            place.result(&mut writer, found, index as u32);
        }
    }
    writer.close(']');
    writer.close('}');
    writer.close(']');
    writer.close('}');
    writer.finish()
}

const fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info | Level::Style => "note",
    }
}

fn write_rule(writer: &mut Writer, id: &str, name: &str, help: Help<'_>) {
    writer.open('{');
    writer.text("id", id);
    if let Some(rule) = rules::find(name) {
        writer.open_key("shortDescription", '{');
        writer.text("text", &rule.name.replace('-', " "));
        writer.close('}');
        if let Some(address) = help(rule.name) {
            writer.text("helpUri", &address);
        }
        writer.open_key("defaultConfiguration", '{');
        writer.text("level", level(rule.level));
        writer.close('}');
        writer.open_key("properties", '{');
        writer.strings("tags", &[rule.area.name()]);
        writer.strings("aliases", rule.aliases);
        writer.close('}');
    }
    writer.close('}');
}

struct File<'f> {
    uri: &'f str,
    places: &'f Places,
}

impl File<'_> {
    fn result(&self, writer: &mut Writer, found: &Diagnostic, rule_index: u32) {
        writer.open('{');
        writer.text("ruleId", rule_id(found));
        writer.number("ruleIndex", rule_index);
        writer.text("level", level(found.level));
        message(writer, "message", &found.message);
        writer.open_key("locations", '[');
        writer.open('{');
        self.location(writer, found.span);
        writer.close('}');
        writer.close(']');
        if !found.related.is_empty() {
            writer.open_key("relatedLocations", '[');
            for (id, related) in (1..).zip(&found.related) {
                writer.open('{');
                writer.number("id", id);
                self.location(writer, related.span);
                message(writer, "message", &related.message);
                writer.close('}');
            }
            writer.close(']');
        }
        if found.fix.is_some() {
            self.fix(writer, found);
        }
        writer.open_key("properties", '{');
        writer.strings("codes", found.codes);
        writer.close('}');
        writer.close('}');
    }

    fn fix(&self, writer: &mut Writer, found: &Diagnostic) {
        let Some(fix) = found.fix.as_ref().filter(|fix| !fix.edits.is_empty()) else { return };
        writer.open_key("fixes", '[');
        writer.open('{');
        message(writer, "description", &fix.title);
        writer.open_key("artifactChanges", '[');
        writer.open('{');
        self.artifact(writer);
        writer.open_key("replacements", '[');
        for edit in &fix.edits {
            writer.open('{');
            self.region(writer, "deletedRegion", edit.span);
            message(writer, "insertedContent", &edit.text);
            writer.close('}');
        }
        writer.close(']');
        writer.close('}');
        writer.close(']');
        writer.open_key("properties", '{');
        writer.text("applicability", fix.applicability.name());
        writer.close('}');
        writer.close('}');
        writer.close(']');
    }

    fn location(&self, writer: &mut Writer, span: Span) {
        writer.open_key("physicalLocation", '{');
        self.artifact(writer);
        self.region(writer, "region", span);
        writer.close('}');
    }

    fn artifact(&self, writer: &mut Writer) {
        writer.open_key("artifactLocation", '{');
        writer.text("uri", self.uri);
        writer.close('}');
    }

    fn region(&self, writer: &mut Writer, key: &str, span: Span) {
        let ((start_line, start_column), (end_line, end_column)) = self.places.of(span);
        writer.open_key(key, '{');
        writer.number("startLine", start_line);
        writer.number("startColumn", start_column);
        writer.number("endLine", end_line);
        writer.number("endColumn", end_column);
        writer.close('}');
    }
}

/// `{"text": ...}`, which is what SARIF makes of each text.
fn message(writer: &mut Writer, key: &str, text: &str) {
    writer.open_key(key, '{');
    writer.text("text", text);
    writer.close('}');
}
