//! The files of a recipe, and what to do with them.

use super::recipe::Recipe;
use super::schema::schema;
use super::template::Vars;
use crate::catalog::{self, CATALOGUE_DATE, Libc, Match, PackageManager};

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path, as in `.github/workflows/image.yml`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// A command for a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// What it does.
    pub title: String,
    /// The command, of one line or several.
    pub text: String,
}

/// All that a recipe gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The files, the Dockerfile first.
    pub files: Vec<File>,
    /// Commands to build, run, inspect and scan.
    pub commands: Vec<Command>,
    /// What the program or its people must see to.
    pub notes: Vec<String>,
}

impl Rendered {
    /// The text of a file; empty where the recipe has no such file.
    pub fn file(&self, name: &str) -> &str {
        self.files.iter().find(|file| file.name == name).map_or("", |file| &file.text)
    }
}

/// Writes the files of a recipe. Where its values do not go together, those of
/// [`Recipe::resolved`] are taken.
pub fn render(recipe: &Recipe) -> Rendered {
    let recipe = recipe.resolved();
    let vars = prepared(&recipe);
    let mut rendered = Rendered::default();
    for [name, when, template] in &schema().files {
        if vars.holds(when) {
            let text = vars.clone().render(template);
            rendered.files.push(File { name: vars.fill(name), text });
        }
    }
    rendered.commands = commands(&vars.clone().render("commands"));
    let notes = schema().notes.iter().filter(|[when, _]| vars.holds(when));
    rendered.notes = notes.map(|[_, text]| vars.fill(text)).collect();
    rendered
}

/// The values of a recipe and what follows from them.
pub(super) fn prepared(recipe: &Recipe) -> Vars {
    let mut vars = Vars::default();
    vars.set("newline", "\n");
    for (field, value) in recipe.values() {
        vars.set(field.key, value);
    }
    vars.render("prelude");
    vars
}

/// `## Title` starts a command.
fn commands(text: &str) -> Vec<Command> {
    let pieces = text.split("## ").skip(1);
    let command = |piece: &str| {
        let (title, text) = piece.split_once('\n')?;
        Some(Command { title: title.to_owned(), text: text.trim_end().to_owned() })
    };
    pieces.filter_map(command).collect()
}

/// The row of the catalogue for a reference.
fn image(reference: &str) -> Option<catalog::Found> {
    let name_ends = reference.rfind(':').filter(|at| *at > reference.rfind('/').unwrap_or(0));
    let name = name_ends.and_then(|at| reference.get(..at)).unwrap_or(reference);
    let tag = name_ends.and_then(|at| reference.get(at + 1..));
    catalog::base_image(name, tag)
}

/// Adds what the catalogue knows of an image, as `name.shell`, `name.libc` and so on. What is not known
/// is empty.
pub(super) fn facts(vars: &mut Vars, name: &str) {
    let reference = vars.get(name);
    let Some(image) = image(&reference).map(|found| found.image) else { return };
    let said = |fact: Option<bool>| match fact {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    };
    let manager = match image.package_manager {
        Some(PackageManager::Apk) => "apk",
        Some(PackageManager::Apt) => "apt",
        Some(_) => "dnf",
        None => "no",
    };
    let libc = match image.libc {
        Libc::None => "no",
        Libc::Musl => "musl",
        Libc::Glibc => "glibc",
    };
    let facts = [
        ("shell", said(Some(image.shell.is_some()))),
        ("manager", manager),
        ("libc", libc),
        ("certificates", said(image.ca_certificates)),
        ("zones", said(image.time_zones)),
        ("wget", said(image.wget)),
        ("compiler", said(image.c_compiler)),
        ("git", said(image.git)),
        ("libgcc", said(image.libgcc)),
        ("user", image.user),
        ("release", image.release),
        ("patch", said(Some(patch(&reference).is_some()))),
    ];
    for (fact, value) in facts {
        vars.set(&format!("{name}.{fact}"), value);
    }
}

/// An image as the recipe wants it pinned.
pub(super) fn pinned(vars: &Vars, name: &str) -> String {
    let reference = vars.get(name);
    let digest = vars.get(&format!("{name}-digest"));
    match vars.get("pin").as_str() {
        "digest" if !digest.is_empty() && reference != "scratch" => format!("{reference}@{digest}"),
        "patch" => patch(&reference).map_or(reference, str::to_owned),
        _ => reference,
    }
}

/// What a tag stood for on the date of the catalogue, as in `golang:1.26.8-alpine3.24`, where the
/// catalogue gives it as a tag of the same image and read it in the same year: an older patch release
/// is nothing to start with.
fn patch(reference: &str) -> Option<&'static str> {
    let found = image(reference).filter(|found| found.how == Match::Exact)?;
    let year = CATALOGUE_DATE.split('-').next().unwrap_or_default();
    if !found.image.date.starts_with(year) {
        return None;
    }
    let (name, _) = reference.split_once(':')?;
    let tag = found.image.resolved.strip_prefix(name)?.strip_prefix(':')?;
    let is_tag = found.image.resolved != reference && !tag.contains(' ') && !tag.contains(".x");
    is_tag.then_some(found.image.resolved)
}
