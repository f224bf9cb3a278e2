//! Requests and answers of `--jsonl`.

use crate::recipe;
use engine::diagnostic::{Fix, Level};
use engine::explain::{Explanation, explain};
use engine::export;
use engine::shellcheck::ShellLinter;
use engine::size::{BaseRow, Estimate, Layer, Part, Range, Size};
use engine::source::{LineIndex, Span};
use engine::{
    LabelKind, Project, Report, RuleSet, Settings, StageSummary, Workspace, analyze_with,
};
use serde_json::{Value, json};

/// The answer to one request line: always one JSON object. A line that is no request is answered
/// with an `error`.
pub fn answer_line(line: &str, scripts: &dyn ShellLinter) -> Value {
    let request: Value = match serde_json::from_str(line) {
        Ok(request @ Value::Object(_)) => request,
        Ok(_) => return json!({"id": null, "error": "a request is a JSON object"}),
        Err(error) => return json!({"id": null, "error": format!("not JSON: {error}")}),
    };
    let id = request.get("id").cloned().unwrap_or_default();
    if let Some(recipe) = request.get("recipe").and_then(Value::as_object) {
        return recipe::answer(&id, recipe);
    }
    let Some(dockerfile) = request.get("dockerfile").and_then(Value::as_str) else {
        return json!({"id": id, "error": "`dockerfile` must be a string"});
    };
    let workspace = Workspace {
        dockerfile: dockerfile.to_owned(),
        dockerignore: request.get("dockerignore").and_then(Value::as_str).map(str::to_owned),
        project: project(request.get("project")),
    };
    match settings(request.get("settings")) {
        Ok(settings) => {
            let report = analyze_with(&workspace, &settings, Some(scripts));
            let mut answer = answer(&id, &workspace, &report);
            if let Some(message) = request.get("explain").and_then(Value::as_str) {
                let explanations = explanations(message, &workspace, &settings);
                if let Some(answer) = answer.as_object_mut() {
                    answer.insert("explanations".to_owned(), explanations);
                }
            }
            if request.get("checklist").and_then(Value::as_bool) == Some(true)
                && let Some(answer) = answer.as_object_mut()
            {
                answer.insert("checklist".to_owned(), checklist(&workspace));
            }
            answer
        }
        Err(error) => json!({"id": id, "error": error}),
    }
}

fn project(value: Option<&Value>) -> Project {
    let field = |name: &str| value.and_then(|project| project.get(name));
    Project {
        binary_bytes: field("binaryBytes").and_then(Value::as_u64),
        profile: field("profile").and_then(Value::as_str).map(str::to_owned),
        go_mod: field("goMod").and_then(Value::as_str).map(str::to_owned),
        context_bytes: field("contextBytes").and_then(Value::as_u64),
        platform: field("platform").and_then(Value::as_str).map(str::to_owned),
        needs_tls: field("needsTls").and_then(Value::as_bool),
        needs_time_zones: field("needsTimezones").and_then(Value::as_bool),
    }
}

/// Our own keys, and those of a hadolint configuration file.
fn settings(value: Option<&Value>) -> Result<Settings, String> {
    let field = |name: &str| value.and_then(|settings| settings.get(name));
    let mut settings = Settings::default();
    if let Some(name) = field("set").and_then(Value::as_str) {
        settings.set =
            RuleSet::from_name(name).ok_or_else(|| format!("`{name}` is not a set of rules"))?;
    }
    settings.ignored = strings(field("ignored"));
    for (name, level) in [
        ("error", Level::Error),
        ("warning", Level::Warning),
        ("info", Level::Info),
        ("style", Level::Style),
    ] {
        let rules = strings(field("override").and_then(|levels| levels.get(name)));
        settings.levels.extend(rules.into_iter().map(|rule| (rule, level)));
    }
    // hadolint writes some keys with hyphens in a file, and all in one word elsewhere.
    let either = |one: &str, other: &str| field(one).or_else(|| field(other));
    let is = |value: Option<&Value>| value.and_then(Value::as_bool).unwrap_or_default();
    settings.disable_ignore_pragma = is(either("disableIgnorePragma", "disable-ignore-pragma"));
    settings.trusted_registries = strings(either("trustedRegistries", "trusted-registries"));
    settings.strict_labels = is(either("strictLabels", "strict-labels"));
    let schema = either("labelSchema", "label-schema").and_then(Value::as_object);
    for (label, kind) in schema.into_iter().flatten() {
        let kind = kind.as_str().and_then(LabelKind::from_name);
        let kind = kind.ok_or_else(|| format!("`{label}` has a kind that nobody knows"))?;
        settings.label_schema.push((label.clone(), kind));
    }
    settings.fragment = is(field("fragment"));
    settings.max_lines = field("maxLines").and_then(Value::as_u64).map(|lines| lines as u32);
    Ok(settings)
}

fn strings(value: Option<&Value>) -> Vec<String> {
    let list = value.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(|item| item.as_str().map(str::to_owned)).collect()
}

/// A report as JSON.
pub fn answer(id: &Value, workspace: &Workspace, report: &Report) -> Value {
    let places =
        Places { text: &workspace.dockerfile, lines: LineIndex::new(&workspace.dockerfile) };
    let diagnostics = export::diagnostics(&workspace.dockerfile, &report.diagnostics);
    let diagnostics: Value = serde_json::from_str(&diagnostics).unwrap_or_default();
    json!({
        "id": id,
        "diagnostics": diagnostics,
        "stages": report.stages.iter().map(|stage| stage_summary(stage, &places)).collect::<Vec<_>>(),
        "estimate": report.estimate.as_ref().map(estimate),
        "bases": engine::bases(workspace, report).iter().map(base_row).collect::<Vec<_>>(),
        "verdict": report.verdict.name(),
        "reasons": report.reasons.iter().map(|reason| reason.text.as_str()).collect::<Vec<_>>(),
    })
}

/// What a message means, as JSON. Offsets of `start` and `end` are bytes of the message.
fn explanations(message: &str, workspace: &Workspace, settings: &Settings) -> Value {
    let text = &workspace.dockerfile;
    let places = Places { text, lines: LineIndex::new(text) };
    let place = |found: &engine::explain::Place| {
        let (start, end) = places.ends(found.span);
        json!({
            "start": start,
            "end": end,
            "message": found.message,
            "fix": found.fix.as_ref().map(fix),
        })
    };
    let one = |found: &Explanation| {
        let findings = export::diagnostics(text, &found.findings);
        json!({
            "kind": found.kind,
            "title": found.title,
            "cause": found.cause,
            "steps": found.steps,
            "start": found.span.start,
            "end": found.span.end,
            "places": found.places.iter().map(place).collect::<Vec<_>>(),
            "findings": serde_json::from_str::<Value>(&findings).unwrap_or_default(),
            "otherwise": found.otherwise,
            "rules": found.rules,
        })
    };
    explain(message, workspace, settings).iter().map(one).collect()
}

/// The ready-to-ship list as JSON.
fn checklist(workspace: &Workspace) -> Value {
    let text = &workspace.dockerfile;
    let places = Places { text, lines: LineIndex::new(text) };
    let one = |item: &engine::checklist::Item| {
        let findings = export::diagnostics(text, &item.findings);
        let ends = item.span.map(|span| places.ends(span));
        let (start, end) = ends.unwrap_or_default();
        json!({
            "name": item.point.name,
            "title": item.point.title,
            "chapter": item.point.chapter,
            "state": item.state.name(),
            "why": item.why,
            "start": start,
            "end": end,
            "findings": serde_json::from_str::<Value>(&findings).unwrap_or_default(),
        })
    };
    engine::checklist(workspace).iter().map(one).collect()
}

fn fix(fix: &Fix) -> Value {
    let edit = |edit: &engine::diagnostic::Edit| json!({"start": edit.span.start, "end": edit.span.end, "text": edit.text});
    json!({
        "title": fix.title,
        "applicability": fix.applicability.name(),
        "edits": fix.edits.iter().map(edit).collect::<Vec<_>>(),
    })
}

struct Places<'t> {
    text: &'t str,
    lines: LineIndex,
}

impl Places<'_> {
    fn position(&self, offset: u32) -> Value {
        let position = self.lines.position(self.text, offset);
        json!({"offset": position.offset, "line": position.line, "column": position.column})
    }

    fn ends(&self, span: Span) -> (Value, Value) {
        (self.position(span.start), self.position(span.end))
    }
}

fn stage_summary(stage: &StageSummary, places: &Places<'_>) -> Value {
    let (start, end) = places.ends(stage.span);
    json!({
        "index": stage.index,
        "name": stage.name,
        "line": stage.line,
        "start": start,
        "end": end,
        "base": stage.base,
        "parent": stage.parent,
        "uses": stage.uses,
        "reachable": stage.reachable,
        "final": stage.is_final,
    })
}

fn range(range: Option<Range>) -> Value {
    match range {
        Some(Range { low, likely, high }) => json!({"low": low, "likely": likely, "high": high}),
        None => json!({"low": null, "likely": null, "high": null}),
    }
}

fn sizes(size: Size) -> [(&'static str, Value); 3] {
    let disk = range(size.disk());
    [("unpacked", range(size.unpacked)), ("compressed", range(size.compressed)), ("disk", disk)]
}

fn with_sizes(mut value: Value, size: Size) -> Value {
    if let Some(object) = value.as_object_mut() {
        object.extend(sizes(size).map(|(key, value)| (key.to_owned(), value)));
    }
    value
}

fn estimate(estimate: &Estimate) -> Value {
    let layers: Vec<_> = estimate.layers.iter().map(layer).collect();
    with_sizes(json!({"layers": layers}), estimate.size)
}

fn layer(layer: &Layer) -> Value {
    let parts: Vec<_> = layer.parts.iter().map(part).collect();
    with_sizes(json!({"line": layer.line, "title": layer.title, "parts": parts}), layer.size)
}

fn part(part: &Part) -> Value {
    with_sizes(json!({"what": part.what, "why": part.why, "source": part.source}), part.size)
}

fn base_row(row: &BaseRow) -> Value {
    let value = json!({
        "ref": row.reference,
        "title": row.title,
        "verdict": row.verdict.name(),
        "reasons": row.reasons,
        "source": row.source,
        "current": row.current,
        "base": sizes(row.base).into_iter().collect::<std::collections::BTreeMap<_, _>>(),
    });
    with_sizes(value, row.size)
}
