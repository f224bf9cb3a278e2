//! `bases.toml`, `releases.toml` and `candidates.toml`: base images, and what they are called.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::CATALOGUE_DATE;
use super::contents::{self, FAMILIES};
use super::kinds::Kind;
use super::row::{File, Row};
use super::table::{Table, maybe};

/// One release of a distribution.
pub struct Release {
    name: String,
    libc: String,
    expression: String,
}

/// One base image, ready to be written.
pub struct Base {
    pub reference: String,
    also: Vec<String>,
    cells: [String; 13],
}

/// Reads and checks the releases. They stand by family, then by age.
pub fn releases(file: &File) -> Result<Vec<Release>, String> {
    let mut releases: Vec<Release> = Vec::new();
    for row in file.rows("release", "name", false)? {
        row.only(&["family", "name", "number", "libc", "moving", "ended"])?;
        let name = row.text("name")?;
        if releases.iter().any(|release| release.name == name) {
            return Err(row.error("there are two of that name"));
        }
        let family = row.variant("family", "Family", &FAMILIES)?;
        let libc = row.maybe_text("libc")?.unwrap_or("");
        let number = row.maybe_text("number")?.unwrap_or("");
        let moving = row.texts("moving")?;
        let ended = row.maybe_text("ended")?.unwrap_or("");
        releases.push(Release {
            name: name.to_owned(),
            libc: libc.to_owned(),
            expression: format!(
                "Release {{ family: {family}, name: {name:?}, number: {number:?}, libc: {libc:?}, \
                 moving: &{moving:?}, ended: {ended:?} }}"
            ),
        });
    }
    Ok(releases)
}

/// The releases of Go without support, with the day on which it ended.
pub fn go_releases(file: &File) -> Result<String, String> {
    let rows = file.rows("go", "name", false)?;
    let mut text = format!("pub static ENDED_GO: [(&str, &str); {}] = [\n", rows.len());
    for row in rows {
        row.only(&["name", "ended"])?;
        let _ = writeln!(text, "    ({:?}, {:?}),", row.text("name")?, row.text("ended")?);
    }
    Ok(text + "];\n")
}

/// The releases as a static, in the order of the file.
pub fn write_releases(releases: &[Release]) -> String {
    let mut text = format!("pub static RELEASES: [Release; {}] = [\n", releases.len());
    for release in releases {
        let _ = writeln!(text, "    {},", release.expression);
    }
    text + "];\n"
}

/// Reads and checks the base images.
pub fn read(
    file: &File,
    contents: &File,
    releases: &[Release],
    kinds: &[Kind],
) -> Result<(Vec<Base>, String), String> {
    let contents = contents::read(contents, kinds)?;
    let mut used: Vec<&str> = Vec::new();
    let mut sources: Vec<String> = Vec::new();
    let undated = file.top().inner("undated")?.ok_or("data/bases.toml: [undated] is missing")?;
    let rows = file.rows("base", "reference", true)?;
    let mut bases: Vec<Base> = Vec::new();
    for row in &rows {
        row.only(&[
            "reference",
            "also",
            "resolved",
            "date",
            "undated",
            "contents",
            "libc_version",
            "release",
            "amd64",
            "arm64",
            "bytes_of",
            "confidence",
            "source",
        ])?;
        let reference = row.text("reference")?;
        let kind = row.text("contents")?;
        if !contents.contains_key(kind) {
            return Err(row.error(&format!("contents {kind:?} is no table of contents.toml")));
        }
        let release = row.maybe_text("release")?.unwrap_or("");
        if !release.is_empty() && !releases.iter().any(|known| known.name == release) {
            return Err(row.error(&format!("release {release:?} is not in releases.toml")));
        }
        // An empty version is the one of the release.
        let mut libc_version = row.maybe_text("libc_version")?.unwrap_or("");
        if releases.iter().any(|known| known.name == release && known.libc == libc_version) {
            libc_version = "";
        }
        let [amd64_unpacked, amd64_compressed, arm64_unpacked, arm64_compressed] =
            sizes(row, &rows)?.map(maybe);
        let date = row.maybe_date(CATALOGUE_DATE)?;
        match (date, row.maybe_text("undated")?) {
            (Some(_), None) => {}
            (None, Some(reason)) if undated.has(reason) => {}
            _ => return Err(row.error("needs either a date or a reason of [undated]")),
        }
        let resolved = row.maybe_text("resolved")?.filter(|resolved| *resolved != reference);
        let cells = [
            reference.to_owned(),
            maybe(resolved),
            maybe(date),
            release.to_owned(),
            libc_version.to_owned(),
            number_of(kind, &mut used).to_string(),
            amd64_unpacked,
            amd64_compressed,
            arm64_unpacked,
            arm64_compressed,
            margin(row, date)?.to_string(),
            row.confidence()?,
            number_of(source(&source_row(row, &rows)?, reference)?, &mut sources).to_string(),
        ];
        let also = row.texts("also")?.into_iter().map(str::to_owned).collect();
        bases.push(Base { reference: reference.to_owned(), also, cells });
    }
    let mut table = Table::new("CONTENTS");
    for name in used {
        if let Some(cells) = contents.get(name) {
            table.push(cells.clone())?;
        }
    }
    let mut text = table.write();
    let mut table = Table::new("SOURCES");
    for source in sources {
        table.push([source])?;
    }
    text += &table.write();
    text += &contents::write_words();
    Ok((bases, text))
}

/// The place of a word in the list, where it is put if it is not there.
fn number_of<T: PartialEq>(word: T, list: &mut Vec<T>) -> usize {
    list.iter().position(|known| *known == word).unwrap_or_else(|| {
        list.push(word);
        list.len() - 1
    })
}

/// How far the true figure may lie from the row's, by thousand.
///
/// A recorded figure is rounded and images are rebuilt monthly: 1.5 % covers both for a year
/// (Debian's rebuilds differ by 0.4 %, Alpine's by 1.2 %). Tags that were read long ago have moved
/// by about 2 % a year since (node:22-slim: 4.5 % from 2024 to 2026); undated ones by up to 8 %.
fn margin(row: &Row<'_>, date: Option<&str>) -> Result<u32, String> {
    let base = match row.text("confidence")? {
        "exact" => return Ok(0),
        "high" => 15,
        "medium" => 40,
        _ => return Ok(250),
    };
    let year = |date: &str| date.get(..4).and_then(|year| year.parse::<u32>().ok()).unwrap_or(0);
    Ok(match date {
        Some(date) => base + 20 * (year(CATALOGUE_DATE) - year(date)),
        None => 80,
    })
}

/// The source with the parts of the reference replaced by `{name}` and `{tag}`, so that the many
/// files that are called like the image share one text.
fn source(row: &Row<'_>, reference: &str) -> Result<String, String> {
    let source = row.text("source")?;
    let Some((name, tag)) = reference.split_once(':') else { return Ok(source.to_owned()) };
    for folder in ["remote", "local"] {
        let path = format!("repos/{name}/{folder}/{tag}.md");
        if source.contains(&path) {
            return Ok(source.replace(&path, &format!("repos/{{name}}/{folder}/{{tag}}.md")));
        }
    }
    Ok(source.to_owned())
}

/// The row that has the bytes and their source: this one, or the one that it names.
fn source_row<'a>(row: &Row<'a>, rows: &[Row<'a>]) -> Result<Row<'a>, String> {
    let Some(other) = row.maybe_text("bytes_of")? else { return Ok(row.clone()) };
    if row.has("amd64") || row.has("arm64") || row.has("source") {
        return Err(row.error("has bytes or a source of its own beside bytes_of"));
    }
    let found = rows.iter().find(|row| row.text("reference") == Ok(other));
    found.cloned().ok_or_else(|| row.error("bytes_of names no row"))
}

/// The bytes of both platforms, unpacked and compressed.
fn sizes(row: &Row<'_>, rows: &[Row<'_>]) -> Result<[Option<u32>; 4], String> {
    let from = source_row(row, rows)?;
    let platform = |platform: &str| {
        let Some(bytes) = from.inner(platform)? else { return Ok([None, None]) };
        bytes.only(&["unpacked", "compressed"])?;
        let unpacked = bytes.maybe_number("unpacked")?;
        let compressed = bytes.maybe_number("compressed")?;
        if unpacked.zip(compressed).is_some_and(|(unpacked, compressed)| compressed > unpacked) {
            return Err(bytes.error("compressed is larger than unpacked"));
        }
        Ok([unpacked, compressed])
    };
    let ([a, b], [c, d]) = (platform("amd64")?, platform("arm64")?);
    let all = [a, b, c, d];
    if all.iter().any(Option::is_some) { Ok(all) } else { Err(row.error("has no bytes at all")) }
}

/// The images, and their other names with the number of the image, both sorted.
pub fn write(bases: &[Base]) -> Result<String, String> {
    let mut table = Table::new("BASES");
    let mut names = BTreeSet::new();
    let mut also: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, base) in bases.iter().enumerate() {
        table.push(base.cells.clone())?;
        for name in base.also.iter().chain([&base.reference]) {
            if !names.insert(name) {
                return Err(format!("data/bases.toml: {name:?} names two images"));
            }
        }
        also.extend(base.also.iter().map(|name| (name.as_str(), number)));
    }
    let mut text = table.write();
    let _ = writeln!(text, "pub static ALSO: [(&str, u16); {}] = [", also.len());
    for (name, number) in also {
        let _ = writeln!(text, "    ({name:?}, {number}),");
    }
    Ok(text + "];\n")
}

/// The rows of the table per base image, in the order of the file.
pub fn candidates(file: &File, bases: &[Base]) -> Result<String, String> {
    let rows = file.rows("candidate", "reference", false)?;
    let mut text = format!("pub static CANDIDATES: [Candidate; {}] = [\n", rows.len());
    for row in rows {
        row.only(&["reference", "title", "purpose", "single_stage"])?;
        let reference = row.text("reference")?;
        if !bases.iter().any(|base| base.reference == reference) {
            return Err(row.error("is no row of bases.toml"));
        }
        let _ = writeln!(
            text,
            "    Candidate {{ reference: {reference:?}, title: {:?}, purpose: {:?}, single_stage: \
             {} }},",
            row.text("title")?,
            row.text("purpose")?,
            row.flag("single_stage")?
        );
    }
    Ok(text + "];\n")
}
