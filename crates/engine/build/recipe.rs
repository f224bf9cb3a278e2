//! Writes `recipe.txt`: the form of the builder, its conflicts and its files, from `data/recipe.toml`.
//!
//! One line for each thing, its cells with tabs between them, so that the engine needs no reader of
//! TOML. The templates of the files lie in `data/recipe/` and are checked here as well.

use std::path::Path;

use toml::{Table, Value};

/// The kinds of fields that the engine and the page know.
const KINDS: [&str; 7] = ["choice", "bool", "text", "list", "pairs", "targets", "number"];
/// Where the form, and the templates of its files, are kept.
const FORM: &str = "data/recipe.toml";
const TEMPLATES: &str = "data/recipe";

/// Reads the form and the templates, and writes `recipe.txt` and `templates.rs` into `out`.
pub fn generate(out: &Path) -> Result<(), String> {
    println!("cargo::rerun-if-changed={FORM}");
    println!("cargo::rerun-if-changed={TEMPLATES}");
    let text = std::fs::read_to_string(FORM).map_err(|error| format!("{FORM}: {error}"))?;
    let form = text.parse::<Table>().map_err(|error| format!("{FORM}: {error}"))?;
    let mut form = Form { table: &form, lines: String::new(), keys: Vec::new() };
    form.write().map_err(|error| format!("{FORM}: {error}"))?;
    write(out, "recipe.txt", &form.lines)?;
    write(out, "templates.rs", &templates(&form)?)
}

fn write(out: &Path, name: &str, text: &str) -> Result<(), String> {
    std::fs::write(out.join(name), text).map_err(|error| format!("{name}: {error}"))
}

/// The table of templates, by name.
fn templates(form: &Form<'_>) -> Result<String, String> {
    let mut names = Vec::new();
    let entries = std::fs::read_dir(TEMPLATES).map_err(|error| format!("{TEMPLATES}: {error}"))?;
    for entry in entries {
        let path = entry.map_err(|error| format!("{TEMPLATES}: {error}"))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{name}: {error}"))?;
        balanced(&text).map_err(|error| format!("{TEMPLATES}/{name}: {error}"))?;
        names.push((name, path.canonicalize().map_err(|error| error.to_string())?));
    }
    names.sort();
    for file in rows(form.table, "file")? {
        let template = text(file, "template")?;
        if !names.iter().any(|(name, _)| name == template) {
            return Err(format!("{FORM}: no template {template:?}"));
        }
    }
    let row = |(name, path): &(String, std::path::PathBuf)| {
        format!("    ({name:?}, include_str!({:?})),\n", path.display().to_string())
    };
    let rows: String = names.iter().map(row).collect();
    Ok(format!("const TEMPLATES: &[(&str, &str)] = &[\n{rows}];\n"))
}

/// Whether each block of a template ends.
fn balanced(text: &str) -> Result<(), String> {
    let mut open = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        let Some(directive) = line.trim_start().strip_prefix('%') else { continue };
        match directive.split(' ').next().unwrap_or_default() {
            "if" | "each" => open.push(number),
            "else" if !open.is_empty() => {}
            "end" if open.pop().is_some() => {}
            "let" | "use" | "facts" => {}
            other => return Err(format!("line {number}: `%{other}` does not fit here")),
        }
    }
    match open.pop() {
        Some(number) => Err(format!("line {number}: nothing ends this")),
        None => Ok(()),
    }
}

struct Form<'t> {
    table: &'t Table,
    lines: String,
    keys: Vec<&'t str>,
}

impl<'t> Form<'t> {
    fn write(&mut self) -> Result<(), String> {
        for group in rows(self.table, "group")? {
            known(group, &["key", "label", "help", "field"])?;
            self.line(
                "group",
                &[text(group, "key")?, text(group, "label")?, text(group, "help")?],
            )?;
            for field in rows(group, "field")? {
                let key = text(field, "key")?;
                self.field(key, field).map_err(|error| format!("field {key:?}: {error}"))?;
            }
        }
        for row in rows(self.table, "conflict")? {
            known(row, &["when", "field", "message", "instead"])?;
            let field = text(row, "field")?;
            let instead = text(row, "instead")?;
            let changed = instead.split_once('=').map_or("", |(key, _)| key);
            for key in [field, changed] {
                if !self.keys.contains(&key) {
                    return Err(format!("a conflict names {key:?}, which is no field"));
                }
            }
            self.line("conflict", &[text(row, "when")?, field, text(row, "message")?, instead])?;
        }
        for row in rows(self.table, "note")? {
            known(row, &["when", "text"])?;
            self.line("note", &[optional(row, "when"), text(row, "text")?])?;
        }
        for row in rows(self.table, "file")? {
            known(row, &["name", "when", "template"])?;
            self.line(
                "file",
                &[text(row, "name")?, optional(row, "when"), text(row, "template")?],
            )?;
        }
        Ok(())
    }

    fn field(&mut self, key: &'t str, field: &'t Table) -> Result<(), String> {
        let keys = [
            "key",
            "label",
            "help",
            "kind",
            "default",
            "shown",
            "chapter",
            "choices",
            "seen",
            "elsewhere",
        ];
        known(field, &keys)?;
        if self.keys.contains(&key) {
            return Err("there are two".to_owned());
        }
        self.keys.push(key);
        let kind = text(field, "kind")?;
        if !KINDS.contains(&kind) {
            return Err(format!("{kind:?} is no kind"));
        }
        let default = match field.get("default") {
            Some(Value::Array(items)) => {
                items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("|")
            }
            Some(Value::String(text)) => text.clone(),
            Some(Value::Boolean(is)) => (if *is { "yes" } else { "no" }).to_owned(),
            Some(Value::Integer(number)) => number.to_string(),
            _ => return Err("`default` is missing".to_owned()),
        };
        let choices = choices(field)?;
        let has = |value: &str| choices.iter().any(|choice| text(choice, "value") == Ok(value));
        if kind == "choice" && !has(&default) {
            return Err(format!("{default:?} is no choice"));
        }
        let elsewhere = field.get("elsewhere").and_then(Value::as_bool) == Some(true);
        self.line(
            "field",
            &[
                key,
                text(field, "label")?,
                text(field, "help")?,
                kind,
                &default,
                optional(field, "shown"),
                optional(field, "chapter"),
                if elsewhere { "elsewhere" } else { "" },
            ],
        )?;
        for choice in choices {
            known(choice, &["value", "label", "help", "shown", "seen"])?;
            let value = text(choice, "value")?;
            let cells = [value, text(choice, "label")?, optional(choice, "help")];
            self.line("choice", &[cells[0], cells[1], cells[2], optional(choice, "shown")])?;
            self.seen(value, choice)?;
        }
        self.seen("", field)
    }

    fn seen(&mut self, value: &str, table: &Table) -> Result<(), String> {
        let Some(patterns) = table.get("seen") else { return Ok(()) };
        for pattern in patterns.as_array().ok_or("`seen` must be a list")? {
            let pattern = pattern.as_str().ok_or("`seen` must be a list of texts")?;
            self.line("seen", &[value, pattern])?;
        }
        Ok(())
    }

    fn line(&mut self, what: &str, cells: &[&str]) -> Result<(), String> {
        self.lines.push_str(what);
        for cell in cells {
            if cell.contains(['\t', '\n', '\r']) {
                return Err(format!("{cell:?} holds a tab or a line end"));
            }
            self.lines.push('\t');
            self.lines.push_str(cell);
        }
        self.lines.push('\n');
        Ok(())
    }
}

fn rows<'t>(table: &'t Table, key: &str) -> Result<Vec<&'t Table>, String> {
    match table.get(key) {
        None => Ok(Vec::new()),
        Some(Value::Array(rows)) => Ok(rows.iter().filter_map(Value::as_table).collect()),
        Some(_) => Err(format!("`{key}` must be a list of tables")),
    }
}

fn choices(field: &Table) -> Result<Vec<&Table>, String> {
    rows(field, "choices")
}

fn text<'t>(table: &'t Table, key: &str) -> Result<&'t str, String> {
    let found = table.get(key).and_then(Value::as_str);
    found.ok_or_else(|| format!("`{key}` is missing, or no text"))
}

fn optional<'t>(table: &'t Table, key: &str) -> &'t str {
    table.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn known(table: &Table, keys: &[&str]) -> Result<(), String> {
    match table.keys().find(|key| !keys.contains(&key.as_str())) {
        Some(key) => Err(format!("unknown key {key:?}")),
        None => Ok(()),
    }
}
