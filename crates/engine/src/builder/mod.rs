//! From a form to a Dockerfile and the files around it, and back.
//!
//! A [`Recipe`] is what the form holds: a value for each field of [`schema`]. Fields, choices,
//! conflicts and notes are rows of `data/recipe.toml`; the files are templates in `data/recipe/`. A new
//! option is a field there and a few lines of a template.
//!
//! [`render`] writes the files, [`read`] finds the recipe that a Dockerfile reveals, and [`apply`]
//! carries a change of the form into a text that people have edited.

mod evidence;
mod merge;
mod read;
mod recipe;
mod render;
mod schema;
mod template;

pub use merge::apply;
pub use read::{Reading, read};
pub use recipe::{Problem, Recipe};
pub use render::{Command, File, Rendered, render};
pub use schema::{Choice, Field, Group, Kind, Schema, schema};
