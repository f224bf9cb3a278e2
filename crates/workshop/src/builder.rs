//! The builder for the page: recipes as text, answers as JSON.

use engine::builder::{self, Choice, Field, Kind, Problem, Reading, Recipe, Rendered};
use engine::source::{LineIndex, Span};
use serde_json::{Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::tar;

/// The form of a new recipe, which is as usual but for what `recipe` says, with its Dockerfile as
/// `text`.
#[wasm_bindgen]
pub fn begin(recipe: &str) -> String {
    let (recipe, _) = Recipe::from_text(recipe);
    let rendered = builder::render(&recipe);
    let text = rendered.file("Dockerfile").to_owned();
    with(form(&recipe, &rendered), "text", json!(text)).to_string()
}

/// The form that a Dockerfile reveals. What no Dockerfile gives away stays as it was in `recipe`.
#[wasm_bindgen]
pub fn read(dockerfile: &str, recipe: &str) -> String {
    let (known, _) = Recipe::from_text(recipe);
    let Reading { recipe, custom } = builder::read(dockerfile, &known);
    let form = form(&recipe, &builder::render(&recipe));
    with(form, "custom", quoted(dockerfile, &custom)).to_string()
}

/// The form after a change of one field, with the Dockerfile after it as `text`.
#[wasm_bindgen]
pub fn change(recipe: &str, dockerfile: &str, field: &str, value: &str) -> String {
    let (before, _) = Recipe::from_text(recipe);
    let mut after = before.clone();
    after.set(field, clean(field, value));
    let rendered = builder::render(&after);
    let text = match dockerfile.trim().is_empty() {
        true => rendered.file("Dockerfile").to_owned(),
        false => builder::apply(dockerfile, &before, &after),
    };
    let custom = quoted(&text, &builder::read(&text, &after).custom);
    with(with(form(&after, &rendered), "custom", custom), "text", json!(text)).to_string()
}

/// Instructions with their first lines, as `[[line, "text"], ...]`.
fn quoted(text: &str, spans: &[Span]) -> Value {
    let lines = LineIndex::new(text);
    let first = |span: &Span| span.of(text).lines().next().unwrap_or_default().to_owned();
    spans.iter().map(|span| json!([lines.line(span.start), first(span)])).collect()
}

/// What was typed without blanks around it, and of a list without empty lines.
fn clean(field: &str, value: &str) -> String {
    let is_list = builder::schema().field(field).is_some_and(|field| field.kind.is_list());
    let lines = value.lines().map(str::trim).filter(|line| !line.is_empty());
    if is_list { lines.collect::<Vec<_>>().join("\n") } else { value.trim().to_owned() }
}

/// The Dockerfile for each choice of a field, as `[[value, text], ...]`.
#[wasm_bindgen]
pub fn variants(recipe: &str, field: &str) -> String {
    let (recipe, _) = Recipe::from_text(recipe);
    let Some(field) = builder::schema().field(field) else { return "[]".to_owned() };
    let each = recipe.offers(field).into_iter().map(|choice| {
        let mut other = recipe.clone();
        other.set(field.key, choice.value);
        json!([choice.value, builder::render(&other).file("Dockerfile")])
    });
    each.collect::<Value>().to_string()
}

/// All files of a recipe in one archive, with the Dockerfile and its ignore file as they are in the
/// editor. `now` is the time in seconds since 1970.
#[wasm_bindgen]
pub fn archive(recipe: &str, dockerfile: &str, ignore: &str, now: &str) -> String {
    let (recipe, _) = Recipe::from_text(recipe);
    let mut files = builder::render(&recipe).files;
    for file in &mut files {
        match file.name.as_str() {
            "Dockerfile" => file.text = dockerfile.to_owned(),
            ".dockerignore" if !ignore.trim().is_empty() => file.text = ignore.to_owned(),
            _ => {}
        }
    }
    tar::archive(&files, now.parse().unwrap_or_default())
}

fn form(recipe: &Recipe, rendered: &Rendered) -> Value {
    let groups = builder::schema().groups.iter().map(|group| {
        let fields = group.fields.iter().filter(|field| recipe.shows(field));
        json!({
            "label": group.label,
            "help": group.help,
            "fields": fields.map(|field| self::field(field, recipe)).collect::<Value>(),
        })
    });
    json!({
        "recipe": recipe.to_text(),
        "groups": groups.collect::<Value>(),
        "problems": recipe.problems().iter().map(problem).collect::<Value>(),
        "files": rendered.files.iter().map(|file| json!([file.name, file.text])).collect::<Value>(),
        "commands": rendered.commands.iter().map(|it| json!([it.title, it.text])).collect::<Value>(),
        "notes": rendered.notes,
    })
}

fn field(field: &'static Field, recipe: &Recipe) -> Value {
    let choice = |choice: &Choice| json!({ "value": choice.value, "label": choice.label, "help": choice.help });
    json!({
        "key": field.key,
        "label": field.label,
        "help": field.help,
        "kind": if is_base(field) { "base" } else { field.kind.name() },
        "value": recipe.get(field.key),
        "chapter": field.chapter,
        "choices": recipe.offers(field).into_iter().map(choice).collect::<Value>(),
    })
}

/// Whether the choices are base images of what ships, whose sizes are worth comparing.
fn is_base(field: &Field) -> bool {
    field.kind == Kind::Choice && (field.key == "base" || field.key.ends_with("-base"))
}

fn problem(problem: &Problem) -> Value {
    let instead = problem.instead.as_ref().map(|(key, value)| {
        let field = builder::schema().field(key);
        let named = field.and_then(|field| field.choices.iter().find(|it| it.value == value));
        let shown = match (named, value.as_str()) {
            (Some(choice), _) => choice.label,
            (None, "") => "nothing",
            (None, value) => value,
        };
        json!([key, value, format!("{}: {shown}", field.map_or("", |field| field.label))])
    });
    json!({ "field": problem.field, "message": problem.message, "instead": instead })
}

fn with(mut form: Value, key: &str, value: Value) -> Value {
    form[key] = value;
    form
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(answer: &str) -> Value {
        serde_json::from_str(answer).unwrap()
    }

    #[test]
    fn a_text_is_read_back_and_what_the_form_cannot_hold_is_quoted() {
        let new = parsed(&change("", "", "health", "own"));
        let (text, recipe) = (new["text"].as_str().unwrap(), new["recipe"].as_str().unwrap());
        let read_back = parsed(&read(text, ""));
        assert_eq!((&read_back["recipe"], &read_back["custom"]), (&new["recipe"], &json!([])));
        let own = text.replace("EXPOSE 8080\n", "EXPOSE 8080\nVOLUME /a \\\n  /b\n");
        let read_back = parsed(&read(&own, recipe));
        assert_eq!(read_back["custom"][0][1], "VOLUME /a \\");
        let changed = parsed(&change(recipe, &own, "ports", "9090"));
        let text = changed["text"].as_str().unwrap();
        assert!(text.contains("EXPOSE 9090\nVOLUME /a \\\n  /b\n"), "{text}");
        assert_eq!(changed["custom"], read_back["custom"]);
    }

    #[test]
    fn a_change_writes_the_text_and_tells_what_does_not_go_together() {
        let changed = parsed(&change("", "", "ports", "9090"));
        assert!(changed["text"].as_str().unwrap().contains("EXPOSE 9090\n"));
        assert_eq!(changed["problems"], json!([]));
        let changed = parsed(&change("", "", "ports", " 80 \n\n81\n"));
        assert!(changed["text"].as_str().unwrap().contains("EXPOSE 80 81\n"));
        let changed = parsed(&change("", "", "ports", "90 90"));
        assert_eq!(changed["problems"][0]["field"], "ports");
        assert_eq!(changed["problems"][0]["instead"], json!(["ports", "8080", "Ports: 8080"]));
        assert!(changed["text"].as_str().unwrap().contains("EXPOSE 8080\n"));
    }

    #[test]
    fn each_base_has_a_text_of_its_own() {
        let bases = parsed(&variants("", "base"));
        let bases = bases.as_array().unwrap();
        assert!(bases.len() > 5);
        for base in bases {
            let [value, text] = base.as_array().unwrap().as_slice() else { panic!() };
            assert!(
                text.as_str().unwrap().contains(&format!("FROM {}\n", value.as_str().unwrap()))
            );
        }
        assert_eq!(variants("", "no-such-field"), "[]");
    }

    #[test]
    fn a_new_form_begins_with_a_recipe() {
        let usual = parsed(&begin(""));
        let scratch = parsed(&begin("base = scratch"));
        assert!(scratch["text"].as_str().unwrap().contains("FROM scratch\n"));
        assert!(!usual["text"].as_str().unwrap().contains("FROM scratch\n"));
    }

    #[test]
    fn the_archive_holds_the_files_of_the_editor() {
        let tar = archive("", "FROM mine\n", "own\n", "0");
        assert!(tar.contains("FROM mine\n") && tar.contains("own\n"));
        assert!(tar.starts_with("Dockerfile\0"));
    }
}
