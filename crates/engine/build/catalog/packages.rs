//! `debian.toml` and `alpine.toml`: what package managers add.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::CATALOGUE_DATE;
use super::row::{File, Row};

/// The Debian packages and the bytes of the package lists.
pub fn debian(file: &File) -> Result<String, String> {
    let top = file.top();
    top.only(&["source", "date", "confidence", "lists", "package"])?;
    let mut text = origin(&top, "DEBIAN")?;
    let lists = top.inner("lists")?.ok_or_else(|| top.error("lists is missing"))?;
    for suite in ["bookworm", "trixie"] {
        let bytes = install(&lists, suite)?;
        let upper = suite.to_ascii_uppercase();
        let _ = writeln!(text, "pub static {upper}_LISTS: Option<Install> = {bytes};");
    }
    let rows = file.rows("package", "name", true)?;
    let names = unique(&rows)?;
    let _ = writeln!(text, "pub static DEBIAN: [DebianPackage; {}] = [", rows.len());
    for row in &rows {
        row.only(&["name", "bookworm", "bookworm_all", "trixie", "trixie_all", "contains"])?;
        if !row.has("bookworm") && !row.has("trixie") {
            return Err(row.error("has no bytes"));
        }
        let contains = row.texts("contains")?;
        check_names(row, "contains", &contains, &names)?;
        let contains = numbers(row, &contains, &names)?;
        let _ = writeln!(
            text,
            "    DebianPackage {{ name: {:?}, bookworm: {}, bookworm_all: {}, trixie: {}, \
             trixie_all: {}, contains: &{contains:?} }},",
            row.text("name")?,
            install(row, "bookworm")?,
            install(row, "bookworm_all")?,
            install(row, "trixie")?,
            install(row, "trixie_all")?,
        );
    }
    Ok(text + "];\n")
}

/// The Alpine packages, the ones that are in every image and the package manager's own files.
pub fn alpine(file: &File) -> Result<String, String> {
    let top = file.top();
    top.only(&["date", "confidence", "in_base", "database", "index", "package"])?;
    top.confidence()?;
    let mut text = String::new();
    let in_base = top.texts("in_base")?;
    if !in_base.is_sorted() {
        return Err(top.error("in_base must be sorted"));
    }
    let _ = writeln!(text, "pub static ALPINE_BASE: [&str; {}] = {in_base:?};", in_base.len());
    for (key, name) in [("database", "ALPINE_DATABASE"), ("index", "ALPINE_INDEX")] {
        let row = top.inner(key)?.ok_or_else(|| top.error(&format!("{key} is missing")))?;
        let [low, likely, high] = row.range()?;
        let _ = writeln!(
            text,
            "pub static {name}: Range = Range {{ low: {low}, likely: {likely}, high: {high} }};"
        );
    }
    let rows = file.rows("package", "name", true)?;
    let mut names = BTreeSet::new();
    for row in &rows {
        names.insert(row.text("name")?);
    }
    let _ = writeln!(text, "pub static ALPINE: [AlpinePackage; {}] = [", rows.len());
    let mut seen = BTreeSet::new();
    for row in &rows {
        row.only(&[
            "name",
            "release",
            "bytes",
            "rounded",
            "needs",
            "incomplete",
            "confidence",
            "source",
        ])?;
        let (name, release) = (row.text("name")?, row.text("release")?);
        if !seen.insert((name, release)) {
            return Err(row.error("stands twice for one release"));
        }
        let needs = row.texts("needs")?;
        check_names(row, "needs", &needs, &names)?;
        let minor = release.strip_prefix("3.").and_then(|minor| minor.parse::<u8>().ok());
        let minor = minor.ok_or_else(|| row.error("release is not 3.x"))?;
        let confidence = if row.has("confidence") { row.confidence()? } else { top.confidence()? };
        row.text("source")?;
        let _ = writeln!(
            text,
            "    AlpinePackage {{ name: {name:?}, minor: {minor}, bytes: {}, rounded: {}, \
             incomplete: {}, confidence: {confidence}, needs: &{needs:?} }},",
            row.number("bytes")?,
            row.flag("rounded")?,
            row.flag("incomplete")?,
        );
    }
    Ok(text + "];\n")
}

/// Source and date of a whole file as constants.
pub fn origin(top: &Row<'_>, name: &str) -> Result<String, String> {
    top.confidence()?;
    let date = top.maybe_date(CATALOGUE_DATE)?.ok_or_else(|| top.error("date is missing"))?;
    let source = top.text("source")?;
    Ok(format!(
        "pub const {name}_SOURCE: &str = {source:?};\npub const {name}_DATE: &str = {date:?};\n"
    ))
}

fn install(row: &Row<'_>, key: &str) -> Result<String, String> {
    let Some(bytes) = row.inner(key)? else { return Ok("None".to_owned()) };
    bytes.only(&["slim", "full", "gzip"])?;
    let (slim, full, gzip) = (bytes.number("slim")?, bytes.number("full")?, bytes.number("gzip")?);
    if slim > full || gzip > slim {
        return Err(bytes.error("gzip, slim and full must ascend"));
    }
    // Kilobytes and ratios by ten thousand are as exact as the figures and half as long to load.
    let ratio = |bytes: u32| match slim {
        0 => Ok(0),
        _ => u16::try_from((u64::from(bytes) * 10_000 + u64::from(slim) / 2) / u64::from(slim))
            .map_err(|_| bytes_error(row, key)),
    };
    Ok(format!(
        "Some(Install {{ kilobytes: {}, full: {}, gzip: {} }})",
        (slim + 500) / 1000,
        ratio(full)?,
        ratio(gzip)?
    ))
}

fn bytes_error(row: &Row<'_>, key: &str) -> String {
    row.error(&format!("{key}: full is more than six times slim"))
}

/// The places of names in the sorted table.
fn numbers(row: &Row<'_>, listed: &[&str], names: &BTreeSet<&str>) -> Result<Vec<u8>, String> {
    let place = |name: &&str| names.iter().position(|known| known == name);
    let places = listed.iter().filter_map(place).map(u8::try_from);
    places.collect::<Result<_, _>>().map_err(|_| row.error("more packages than a byte can count"))
}

fn unique<'a>(rows: &[Row<'a>]) -> Result<BTreeSet<&'a str>, String> {
    let mut names = BTreeSet::new();
    for row in rows {
        if !names.insert(row.text("name")?) {
            return Err(row.error("stands twice"));
        }
    }
    Ok(names)
}

fn check_names(
    row: &Row<'_>,
    key: &str,
    listed: &[&str],
    names: &BTreeSet<&str>,
) -> Result<(), String> {
    match listed.iter().find(|name| !names.contains(*name)) {
        Some(name) => Err(row.error(&format!("{key} names {name:?}, which is no row"))),
        None => Ok(()),
    }
}
