//! What the form holds.

use super::render::prepared;
use super::schema::{Choice, Field, Kind, schema};

/// A value for each field of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    /// In the order of the fields; items of a list have a line each.
    values: Vec<String>,
}

/// Something that a recipe asks for and that cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field that it is about; one that does not exist where a text named it.
    pub field: String,
    /// What is wrong.
    pub message: String,
    /// The field to change and the value that helps, which [`render`](super::render) takes.
    pub instead: Option<(&'static str, String)>,
}

impl Default for Recipe {
    /// A small service in Go, built and run as production should have it.
    fn default() -> Self {
        Self { values: schema().fields().map(|field| field.default.clone()).collect() }
    }
}

impl Recipe {
    /// The value of a field; empty for a field that does not exist.
    pub fn get(&self, key: &str) -> &str {
        let mut all = self.values();
        all.find(|(field, _)| field.key == key).map_or("", |(_, value)| value)
    }

    /// Sets a field; a field that does not exist changes nothing.
    pub fn set(&mut self, key: &str, value: impl Into<String>) {
        let index = schema().fields().position(|field| field.key == key);
        if let Some(place) = index.and_then(|index| self.values.get_mut(index)) {
            *place = value.into();
        }
    }

    /// All fields with their values.
    pub fn values(&self) -> impl Iterator<Item = (&'static Field, &str)> {
        schema().fields().zip(self.values.iter().map(String::as_str))
    }

    /// The fields whose value is not the default, with one pair for each item of a list: the form in
    /// which recipes travel.
    pub fn pairs(&self) -> Vec<(&'static str, &str)> {
        let mut pairs = Vec::new();
        for (field, value) in self.values().filter(|(field, value)| field.default != *value) {
            if field.kind.is_list() && !value.is_empty() {
                pairs.extend(value.lines().map(|item| (field.key, item)));
            } else {
                pairs.push((field.key, value));
            }
        }
        pairs
    }

    /// Reads pairs, on top of the defaults. What it does not know, it tells and leaves out.
    pub fn from_pairs<'p>(
        pairs: impl IntoIterator<Item = (&'p str, &'p str)>,
    ) -> (Self, Vec<Problem>) {
        let mut recipe = Self::default();
        let mut problems = Vec::new();
        let mut begun: Vec<&str> = Vec::new();
        for (key, value) in pairs {
            let Some(field) = schema().field(key) else {
                let message = format!("there is no field `{key}`");
                problems.push(Problem { field: key.to_owned(), message, instead: None });
                continue;
            };
            if let Some(message) = field.refuses(value) {
                problems.push(Problem { field: key.to_owned(), message, instead: None });
                continue;
            }
            if begun.contains(&field.key) && field.kind.is_list() {
                let all = format!("{}\n{value}", recipe.get(key));
                recipe.set(key, all);
            } else {
                begun.push(field.key);
                recipe.set(key, value);
            }
        }
        (recipe, problems)
    }

    /// The pairs as text, a line `key = value` for each.
    pub fn to_text(&self) -> String {
        let line = |(key, value): (&str, &str)| format!("{key} = {value}\n");
        self.pairs().into_iter().map(line).collect()
    }

    /// Reads such a text.
    pub fn from_text(text: &str) -> (Self, Vec<Problem>) {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let pair = |line| {
            let (key, value) = str::split_once(line, '=').unwrap_or((line, ""));
            (key.trim(), value.trim())
        };
        Self::from_pairs(lines.map(pair))
    }

    /// Whether a field matters, given the others.
    pub fn shows(&self, field: &Field) -> bool {
        prepared(self).holds(field.shown)
    }

    /// The fields that matter, given the others.
    pub fn shown(&self) -> Vec<&'static Field> {
        let vars = prepared(self);
        schema().fields().filter(|field| vars.holds(field.shown)).collect()
    }

    /// The values that a field offers, given the others.
    pub fn offers(&self, field: &'static Field) -> Vec<&'static Choice> {
        let vars = prepared(self);
        field.choices.iter().filter(|choice| vars.holds(choice.shown)).collect()
    }

    /// What does not go together, or cannot be read.
    pub fn problems(&self) -> Vec<Problem> {
        self.resolve().1
    }

    /// The recipe that [`render`](super::render) takes: with something else where a value cannot be.
    pub fn resolved(&self) -> Self {
        self.resolve().0
    }

    fn resolve(&self) -> (Self, Vec<Problem>) {
        let mut recipe = self.clone();
        let mut problems = Vec::new();
        let mut replace = |recipe: &mut Self, about: &str, message, key, value: String| {
            recipe.set(key, value.clone());
            let instead = Some((key, value));
            problems.push(Problem { field: about.to_owned(), message, instead });
        };
        for (field, value) in self.values() {
            if let Some(message) = field.refuses(value) {
                replace(&mut recipe, field.key, message, field.key, field.default.clone());
            }
        }
        recipe = recipe.normal();
        // A conflict may follow from how another was resolved, but each is resolved once.
        let mut vars = prepared(&recipe);
        for conflict in &schema().conflicts {
            let (key, value) = conflict.instead.split_once('=').unwrap_or_default();
            if let Some(field) = schema().field(key).filter(|_| vars.holds(conflict.when)) {
                let value = if value.is_empty() { field.default.clone() } else { vars.fill(value) };
                let message = vars.fill(conflict.message);
                replace(&mut recipe, conflict.field, message, field.key, value);
                vars = prepared(&recipe);
            }
        }
        for field in recipe.normal().shown() {
            if !field.choices.iter().any(Choice::is_limited) {
                continue;
            }
            let offered = recipe.offers(field);
            let value = recipe.get(field.key);
            if field.kind == Kind::Choice && offered.iter().all(|choice| choice.value != value) {
                let message = format!("`{value}` does not go with the rest");
                let first = offered.first().map_or("", |choice| choice.value).to_owned();
                replace(&mut recipe, field.key, message, field.key, first);
            }
        }
        (recipe.normal(), problems)
    }

    /// The recipe with the default in each field that does not matter.
    #[must_use]
    pub fn normal(&self) -> Self {
        let mut normal = self.clone();
        // A field may be hidden because another is, so this is done until nothing changes.
        for _ in 0..3 {
            let before = normal.clone();
            let vars = prepared(&normal);
            for field in schema().fields().filter(|field| !vars.holds(field.shown)) {
                normal.set(field.key, field.default.clone());
            }
            if normal == before {
                break;
            }
        }
        normal
    }
}

/// Names of stages that the templates use themselves, or that BuildKit keeps.
const RESERVED: [&str; 7] = ["build", "dev", "debug", "migrate", "runtime", "scratch", "context"];

impl Field {
    /// Why a value cannot be; `None` if it can.
    pub fn refuses(&self, value: &str) -> Option<String> {
        let message = match self.kind {
            Kind::Choice => "is not among the choices",
            Kind::Bool => "is neither `yes` nor `no`",
            Kind::Number => "is not a number",
            Kind::Pairs => "is not `name=value`",
            Kind::Targets => "is not `name=path` with a name of its own in small letters",
            Kind::Text | Kind::List => "holds a blank or a character that has a meaning elsewhere",
        };
        (!self.takes(value)).then(|| format!("`{}` {message}", value.escape_debug()))
    }

    fn takes(&self, value: &str) -> bool {
        let pairs = || value.split('\n').map(|item| item.split_once('=').unwrap_or_default());
        match self.kind {
            Kind::Choice => self.choices.iter().any(|choice| choice.value == value),
            Kind::Bool => matches!(value, "yes" | "no"),
            Kind::Text => is_word(value),
            Kind::Number => value.len() <= 9 && value.parse::<u32>().is_ok(),
            Kind::List => value.split('\n').all(is_word),
            Kind::Pairs => {
                let is_pair = |(name, value): (&str, &str)| {
                    !name.is_empty() && is_word(name) && !value.contains(char::is_control)
                };
                value.is_empty() || pairs().all(is_pair)
            }
            Kind::Targets => {
                let mut names: Vec<&str> = Vec::new();
                pairs().all(|(name, path)| {
                    let new = !names.contains(&name) && !RESERVED.contains(&name);
                    names.push(name);
                    new && is_stage(name) && !path.is_empty() && is_word(path)
                })
            }
        }
    }
}

/// Whether a text is one word wherever it is written: in shell, YAML and JSON.
fn is_word(text: &str) -> bool {
    let odd =
        |ch: char| ch.is_whitespace() || ch.is_control() || "\"'`\\$<>|&;#(){},!".contains(ch);
    !text.contains(odd)
}

fn is_stage(name: &str) -> bool {
    let is = |ch: char| ch.is_ascii_lowercase() || ch.is_ascii_digit() || "-_.".contains(ch);
    name.starts_with(|ch: char| ch.is_ascii_lowercase()) && name.chars().all(is)
}
