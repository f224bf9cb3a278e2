//! Recipes in which each two values of any two fields meet.

use engine::builder::{Field, Kind, Recipe, schema};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What fields without choices are tried with, beside their default.
const SAMPLES: &[(&str, &str)] = &[
    ("binaries", "api=./cmd/api\nworker=./cmd/worker\nmail=./internal/mail/main"),
    ("c-packages", "file"),
    ("tags", "jsoniter\nnomsgpack"),
    ("version-package", "example.com/shop/internal/version"),
    ("private-modules", "gitlab.example.com/*"),
    ("builder-digest", "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
    ("runtime-digest", "sha256:fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"),
    ("uid", "1000"),
    ("ports", "3000\n9090"),
    ("health-argument", "-health"),
    ("health-path", "/live"),
    ("environment", "LOG_LEVEL=info\nGREETING=good day"),
    ("labels", "org.opencontainers.image.title=Shop\norg.opencontainers.image.licenses=MIT"),
    ("assets-folder", "web"),
    ("packages", "file"),
    ("migrations-program", "./cmd/schema"),
    ("migrations-folder", "db"),
];

/// One row: the value that each field takes, by its place among the field's values.
type Row = Vec<usize>;

fn values(field: &Field) -> Vec<String> {
    match field.kind {
        Kind::Choice => field.choices.iter().map(|choice| choice.value.to_owned()).collect(),
        Kind::Bool => vec!["yes".to_owned(), "no".to_owned()],
        _ => {
            let samples = SAMPLES.iter().filter(|(key, _)| *key == field.key);
            let proposed = field.choices.iter().map(|choice| choice.value);
            let mut all: Vec<String> =
                samples.map(|(_, value)| *value).chain(proposed).map(str::to_owned).collect();
            if !all.contains(&field.default) {
                all.insert(0, field.default.clone());
            }
            all
        }
    }
}

/// The recipes, by a greedy search that always takes the first best.
pub fn recipes() -> &'static [Recipe] {
    static RECIPES: LazyLock<Vec<Recipe>> = LazyLock::new(all);
    &RECIPES
}

fn all() -> Vec<Recipe> {
    let stacks = schema().field("stack").expect("a field").choices.iter();
    stacks.flat_map(|stack| of_stack(stack.value)).collect()
}

fn of_stack(stack: &str) -> Vec<Recipe> {
    let other = |field: &&Field| {
        let shown = field.condition();
        field.key != "stack"
            && shown.split('&').all(|term| {
                let stacks = term.strip_prefix("stack=");
                stacks.is_none_or(|stacks| stacks.split('|').any(|other| other == stack))
            })
    };
    let fields: Vec<&Field> = schema().fields().filter(other).collect();
    let values: Vec<Vec<String>> = fields.iter().map(|field| values(field)).collect();
    let mut open: BTreeSet<[usize; 4]> = BTreeSet::new();
    for a in 0..values.len() {
        for b in a + 1..values.len() {
            for x in 0..values[a].len() {
                open.extend((0..values[b].len()).map(|y| [a, x, b, y]));
            }
        }
    }
    let mut recipes = Vec::new();
    while let Some(&[a, x, b, y]) = open.iter().next() {
        let mut row: Vec<Option<usize>> = vec![None; values.len()];
        (row[a], row[b]) = (Some(x), Some(y));
        for field in 0..values.len() {
            if row[field].is_none() {
                let gain = |value: &usize| {
                    let met =
                        row.iter().enumerate().filter_map(|(other, at)| Some((other, (*at)?)));
                    met.filter(|(other, at)| open.contains(&pair(field, *value, *other, *at)))
                        .count()
                };
                // Of equal ones another each time, so that rows differ where nothing is left to cover.
                let start = recipes.len() % values[field].len();
                let order = (0..values[field].len()).map(|at| (at + start) % values[field].len());
                let best = order.rev().max_by_key(gain);
                row[field] = best;
            }
        }
        let row: Row = row.into_iter().flatten().collect();
        for a in 0..row.len() {
            for b in a + 1..row.len() {
                open.remove(&[a, row[a], b, row[b]]);
            }
        }
        let mut recipe = Recipe::default();
        recipe.set("stack", stack);
        for ((field, values), at) in fields.iter().zip(&values).zip(row) {
            recipe.set(field.key, values[at].clone());
        }
        recipes.push(recipe);
    }
    recipes
}

fn pair(a: usize, x: usize, b: usize, y: usize) -> [usize; 4] {
    if a < b { [a, x, b, y] } else { [b, y, a, x] }
}
