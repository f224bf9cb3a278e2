//! Requests with a `recipe` in `--jsonl`.

use engine::builder::{self, Problem, Recipe};
use serde_json::{Map, Value, json};

/// The files of a recipe. An item of a list is one text, or the list is an array of texts.
pub fn answer(id: &Value, recipe: &Map<String, Value>) -> Value {
    let mut pairs: Vec<(&str, String)> = Vec::new();
    for (key, value) in recipe {
        match value {
            Value::Array(items) => {
                pairs.extend(items.iter().map(|item| (key.as_str(), text(item))))
            }
            value => pairs.push((key, text(value))),
        }
    }
    let pairs = pairs.iter().map(|(key, value)| (*key, value.as_str()));
    let (recipe, mut problems) = Recipe::from_pairs(pairs);
    problems.extend(recipe.problems());
    let rendered = builder::render(&recipe);
    let files = rendered.files.into_iter().map(|file| (file.name, file.text.into()));
    let commands = rendered.commands.into_iter();
    json!({
        "id": id,
        "recipe": as_json(&recipe),
        "files": files.collect::<Map<_, _>>(),
        "commands": commands
            .map(|command| json!({"title": command.title, "text": command.text}))
            .collect::<Vec<_>>(),
        "notes": rendered.notes,
        "problems": problems.iter().map(problem).collect::<Vec<_>>(),
    })
}

/// A recipe as the request has it: what is not the default, lists as arrays.
fn as_json(recipe: &Recipe) -> Value {
    let mut object = Map::new();
    for (key, value) in recipe.pairs() {
        let is_list = builder::schema().field(key).is_some_and(|field| field.kind.is_list());
        match object.get_mut(key) {
            Some(Value::Array(items)) => items.push(value.into()),
            _ if is_list && value.is_empty() => drop(object.insert(key.to_owned(), json!([]))),
            _ if is_list => drop(object.insert(key.to_owned(), json!([value]))),
            _ => drop(object.insert(key.to_owned(), value.into())),
        }
    }
    object.into()
}

fn problem(problem: &Problem) -> Value {
    let instead =
        problem.instead.as_ref().map(|(key, value)| json!({"field": key, "value": value}));
    json!({"field": problem.field, "message": problem.message, "instead": instead})
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(is) => (if *is { "yes" } else { "no" }).to_owned(),
        other => other.to_string(),
    }
}
