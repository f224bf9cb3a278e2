//! Writes `catalog.rs`: the tables of `data/*.toml`, sorted, as statics or, the larger ones, as text.
//!
//! Whatever a table may get wrong is found here, so that the engine can trust the tables: unknown
//! keys and words, missing sources, dates that are none, references to rows that do not exist.

mod bases;
mod contents;
mod files;
mod go;
mod kinds;
mod modules;
mod packages;
mod row;
mod stacks;
mod table;
mod tokens;

use std::fmt::Write as _;
use std::path::Path;

use row::{CONFIDENCES, File};

/// The day on which the catalogue was compiled; figures age from their own date up to it.
pub const CATALOGUE_DATE: &str = "2026-11-21";

/// Reads `data/*.toml` and writes `catalog.rs` into `out`.
pub fn generate(out: &Path) -> Result<(), String> {
    println!("cargo::rerun-if-changed=data");
    let mut text = String::from("// Written by build/catalog from data/*.toml.\n\n");
    text += &table::variants("CONFIDENCES", "Confidence", &CONFIDENCES);
    let kinds = kinds::read(&File::read("kinds.toml")?)?;
    text += &kinds::write(&kinds);
    let file = File::read("releases.toml")?;
    let releases = bases::releases(&file)?;
    text += &bases::write_releases(&releases);
    text += &bases::go_releases(&file)?;
    let (bases, contents) =
        bases::read(&File::read("bases.toml")?, &File::read("contents.toml")?, &releases, &kinds)?;
    text += &contents;
    text += &bases::write(&bases)?;
    text += &bases::candidates(&File::read("candidates.toml")?, &bases)?;
    text += &stacks::stacks(&File::read("stacks.toml")?, &bases)?;
    text += &stacks::claims(&File::read("claimed_sizes.toml")?, &bases)?;
    text += &packages::debian(&File::read("debian.toml")?)?;
    text += &packages::shared(&File::read("debian-shared.toml")?, &File::read("debian.toml")?)?;
    text += &packages::alpine(&File::read("alpine.toml")?)?;
    text += &files::generate(&File::read("files.toml")?)?;
    text += &go::generate(&File::read("go.toml")?)?;
    text += &modules::generate(&File::read("go-modules.toml")?)?;
    text += &tokens::generate(&File::read("tokens.toml")?)?;
    let _ = writeln!(text, "\n/// Day on which the catalogue was compiled.");
    let _ = writeln!(text, "pub const CATALOGUE_DATE: &str = {CATALOGUE_DATE:?};");
    let path = out.join("catalog.rs");
    std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
}
