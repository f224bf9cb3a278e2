//! From a text to the recipe that it reveals.
//!
//! A pattern of `data/recipe.toml` is a fact of [`evidence`] with `*` for anything, `{}` for a word that is
//! the value, `{/}` for a path and `{*}` for any text. One that starts with `-` says which facts not to look at.

use super::evidence::evidence;
use super::merge::{custom, units};
use super::recipe::Recipe;
use super::render::render;
use super::schema::{Choice, Field, Kind, schema};
use crate::source::Span;

/// What a text says of a recipe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The recipe.
    pub recipe: Recipe,
    /// The instructions that the form cannot hold as they are: those that it would write otherwise.
    pub custom: Vec<Span>,
}

/// Reads a Dockerfile. What it does not tell is as in `known`: the form as it was.
pub fn read(text: &str, known: &Recipe) -> Reading {
    let facts = evidence(text);
    let mut recipe = known.clone();
    if !facts.is_empty() {
        // Fields that are shown depend on those that were read.
        for _ in 0..3 {
            let before = recipe.clone();
            for field in recipe.shown().into_iter().filter(|field| field.in_dockerfile) {
                if let Some(value) =
                    value(field, &facts).filter(|value| accepts(&recipe, field, value))
                {
                    recipe.set(field.key, value);
                }
            }
            if recipe == before {
                break;
            }
        }
        recipe.set("comments", comments(text, &recipe));
    }
    let custom = custom(render(&recipe).file("Dockerfile"), text);
    Reading { recipe, custom }
}

/// Whether the form would take the value beside the others.
fn accepts(recipe: &Recipe, field: &'static Field, value: &str) -> bool {
    let limited = field.kind == Kind::Choice && field.choices.iter().any(Choice::is_limited);
    let offered = || recipe.offers(field).iter().any(|choice| choice.value == value);
    field.refuses(value).is_none() && (!limited || offered())
}

/// The value of a field, if the facts tell it.
fn value(field: &Field, facts: &[String]) -> Option<String> {
    let ignored: Vec<&str> =
        field.seen.iter().filter_map(|[_, pattern]| pattern.strip_prefix('-')).collect();
    let facts = || {
        let ignored =
            |fact: &&String| ignored.iter().all(|pattern| matched(pattern, fact).is_none());
        facts.iter().filter(ignored)
    };
    let patterns = || field.seen.iter().filter(|[_, pattern]| !pattern.starts_with('-'));
    if field.seen.is_empty() {
        return None;
    }
    if field.kind == Kind::Choice && patterns().any(|[value, _]| !value.is_empty()) {
        // The first of the form is what it is where nothing else is seen.
        let seen = |[_, pattern]: &&[&str; 2]| facts().any(|fact| matched(pattern, fact).is_some());
        let last = patterns().rfind(seen);
        let unseen =
            field.choices.iter().find(|choice| patterns().all(|[value, _]| *value != choice.value));
        return last
            .map(|[value, _]| *value)
            .or(unseen.map(|choice| choice.value))
            .map(str::to_owned);
    }
    let captures = facts().flat_map(|fact| {
        patterns().filter_map(|[_, pattern]| matched(pattern, fact)).map(str::to_owned)
    });
    let mut found: Vec<String> = captures.collect();
    match field.kind {
        Kind::Bool => Some(if found.is_empty() { "no" } else { "yes" }.to_owned()),
        _ if field.kind.is_list() => {
            let mut unique: Vec<String> = Vec::new();
            for item in found {
                if !unique.contains(&item) {
                    unique.push(item);
                }
            }
            Some(unique.join("\n"))
        }
        // A choice of images is written as it is, and once more as the catalogue has it.
        Kind::Choice => found.into_iter().find(|value| field.refuses(value).is_none()),
        _ => (!found.is_empty()).then(|| found.swap_remove(0)),
    }
}

/// The value that a fact has in a pattern, empty where the pattern asks for none; `None` if the fact is
/// another one.
fn matched<'f>(pattern: &str, fact: &'f str) -> Option<&'f str> {
    let Some((before, rest)) = pattern.split_once('{') else {
        return glob(pattern, fact).then_some("");
    };
    let (hole, after) = rest.split_once('}')?;
    // Where the value starts and ends is tried from the left, the longest value first.
    let starts = fact
        .char_indices()
        .map(|(at, _)| at)
        .filter(|at| fact.get(..*at).is_some_and(|text| glob(before, text)));
    for start in starts {
        let behind = fact.get(start..)?;
        let longest = match hole {
            "*" => behind.len(),
            "/" if !behind.starts_with('/') => continue,
            "/" => behind.find([' ', '\'', '"']).unwrap_or(behind.len()),
            _ => behind.find(' ').unwrap_or(behind.len()),
        };
        let mut ends = (1..=longest).rev().filter(|end| behind.is_char_boundary(*end));
        let end = ends.find(|end| behind.get(*end..).is_some_and(|text| glob(after, text)));
        if let Some(end) = end {
            return behind.get(..end);
        }
    }
    None
}

/// Whether a text has the form of a pattern with `*` for anything.
fn glob(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        let Some((_, behind)) = rest.split_once(piece) else { return false };
        rest = behind;
    }
    true
}

/// The level of comments that writes about as many lines as the text has.
fn comments(text: &str, recipe: &Recipe) -> &'static str {
    let lines = |text: &str| units(text).iter().map(|unit| unit.comments()).sum::<usize>();
    let wanted = lines(text);
    let level = |choice: &&Choice| {
        let mut recipe = recipe.clone();
        recipe.set("comments", choice.value);
        lines(render(&recipe).file("Dockerfile")).abs_diff(wanted)
    };
    let field = schema().field("comments");
    let choices = field.into_iter().flat_map(|field| &field.choices);
    choices.min_by_key(level).map_or("", |choice| choice.value)
}
