//! The form: its fields, their choices, and what does not go together.

use std::sync::LazyLock;

const ROWS: &str = include_str!(concat!(env!("OUT_DIR"), "/recipe.txt"));

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| read(ROWS));

/// The form of the builder.
pub fn schema() -> &'static Schema {
    &SCHEMA
}

/// All that `data/recipe.toml` says.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Schema {
    /// The groups of fields, in the order in which the page shows them.
    pub groups: Vec<Group>,
    pub(super) conflicts: Vec<Conflict>,
    pub(super) notes: Vec<[&'static str; 2]>,
    pub(super) files: Vec<[&'static str; 3]>,
}

/// Fields that belong together.
#[derive(Debug, PartialEq, Eq)]
pub struct Group {
    /// A short name, as in `image`.
    pub key: &'static str,
    /// Its heading.
    pub label: &'static str,
    /// What it is about, in one sentence.
    pub help: &'static str,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// One thing that the form asks for.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in recipes, as in `cache-mounts`.
    pub key: &'static str,
    /// Its label.
    pub label: &'static str,
    /// What it means, in a sentence or two.
    pub help: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// Its value where nobody chose one. Items of a list have a line each.
    pub default: String,
    /// What may be chosen; for a text, what may be proposed.
    pub choices: Vec<Choice>,
    /// The chapter of the guide that explains it; empty where there is none.
    pub chapter: &'static str,
    /// Whether the Dockerfile shows its value, rather than another file alone.
    pub in_dockerfile: bool,
    /// When it matters: a condition over the recipe, see [`super::Recipe::shows`].
    pub(super) shown: &'static str,
    /// What in a Dockerfile gives it away, each with the value that it stands for.
    pub(super) seen: Vec<[&'static str; 2]>,
}

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One of its choices.
    Choice,
    /// `yes` or `no`.
    Bool,
    /// One word.
    Text,
    /// Words, one to a line.
    List,
    /// `name=value`, one to a line.
    Pairs,
    /// `name=value`, one to a line, where each name becomes that of a stage.
    Targets,
    /// A number.
    Number,
}

/// One of the values that a field may have.
#[derive(Debug, PartialEq, Eq)]
pub struct Choice {
    /// The value in recipes.
    pub value: &'static str,
    /// Its label.
    pub label: &'static str,
    /// What speaks for it; may be empty.
    pub help: &'static str,
    /// When it makes sense: a condition over the recipe, see [`super::Recipe::offers`].
    pub(super) shown: &'static str,
}

/// Values that do not go together.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Conflict {
    pub(super) when: &'static str,
    pub(super) field: &'static str,
    pub(super) message: &'static str,
    /// What to take in its place, as `key=value`; `key=` stands for the field's default.
    pub(super) instead: &'static str,
}

impl Schema {
    /// All fields of all groups.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.groups.iter().flat_map(|group| &group.fields)
    }

    /// The field of that name.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields().find(|field| field.key == key)
    }
}

impl Choice {
    /// Whether it makes sense only beside some values of other fields.
    pub(super) const fn is_limited(&self) -> bool {
        !self.shown.is_empty()
    }
}

impl Field {
    /// When it matters, as `data/recipe.toml` says it.
    pub const fn condition(&self) -> &'static str {
        self.shown
    }
}

impl Kind {
    /// Its name in `data/recipe.toml`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Choice => "choice",
            Self::Bool => "bool",
            Self::Text => "text",
            Self::List => "list",
            Self::Pairs => "pairs",
            Self::Targets => "targets",
            Self::Number => "number",
        }
    }

    /// Whether it takes several values, a line for each.
    pub const fn is_list(self) -> bool {
        matches!(self, Self::List | Self::Pairs | Self::Targets)
    }

    fn from_name(name: &str) -> Self {
        let all = [Self::Choice, Self::Bool, Self::List, Self::Pairs, Self::Targets, Self::Number];
        all.into_iter().find(|kind| kind.name() == name).unwrap_or(Self::Text)
    }
}

fn read(rows: &'static str) -> Schema {
    let mut schema = Schema::default();
    for row in rows.lines() {
        let mut cells = row.split('\t');
        let mut cell = || cells.next().unwrap_or_default();
        let fields = schema.groups.last_mut().map(|group| &mut group.fields);
        match cell() {
            "group" => {
                let [key, label, help] = [cell(), cell(), cell()];
                schema.groups.push(Group { key, label, help, fields: Vec::new() });
            }
            "field" => {
                let field = Field {
                    key: cell(),
                    label: cell(),
                    help: cell(),
                    kind: Kind::from_name(cell()),
                    default: cell().replace('|', "\n"),
                    shown: cell(),
                    chapter: cell(),
                    in_dockerfile: cell().is_empty(),
                    choices: Vec::new(),
                    seen: Vec::new(),
                };
                if let Some(fields) = fields {
                    fields.push(field);
                }
            }
            "choice" => {
                let [value, label, help, shown] = [cell(), cell(), cell(), cell()];
                if let Some(field) = fields.and_then(|fields| fields.last_mut()) {
                    field.choices.push(Choice { value, label, help, shown });
                }
            }
            "seen" => {
                let seen = [cell(), cell()];
                if let Some(field) = fields.and_then(|fields| fields.last_mut()) {
                    field.seen.push(seen);
                }
            }
            "conflict" => {
                let [when, field, message, instead] = [cell(), cell(), cell(), cell()];
                schema.conflicts.push(Conflict { when, field, message, instead });
            }
            "note" => schema.notes.push([cell(), cell()]),
            "file" => schema.files.push([cell(), cell(), cell()]),
            _ => {}
        }
    }
    schema
}
