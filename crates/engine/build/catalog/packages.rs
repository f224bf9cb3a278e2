//! `debian.toml` and `alpine.toml`: what package managers add.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::CATALOGUE_DATE;
use super::row::{File, Row};
use super::table::Table;

/// The Debian packages and the bytes of the package lists.
pub fn debian(file: &File) -> Result<String, String> {
    let top = file.top();
    top.only(&["source", "date", "confidence", "lists", "package"])?;
    let mut text = origin(&top, "DEBIAN")?;
    let lists = top.inner("lists")?.ok_or_else(|| top.error("lists is missing"))?;
    for suite in ["bookworm", "trixie"] {
        let bytes = install(&lists, suite)?.ok_or_else(|| lists.error("a suite is missing"))?;
        let upper = suite.to_ascii_uppercase();
        let [kilobytes, full, gzip] = bytes;
        let _ = writeln!(
            text,
            "pub const {upper}_LISTS: Install = Install {{ kilobytes: {kilobytes}, full: {full}, \
             gzip: {gzip} }};"
        );
    }
    let rows = file.rows("package", "name", true)?;
    let names = unique(&rows)?;
    let mut table = Table::<14>::new("DEBIAN");
    for row in &rows {
        row.only(&["name", "bookworm", "bookworm_all", "trixie", "trixie_all", "contains"])?;
        if !row.has("bookworm") && !row.has("trixie") {
            return Err(row.error("has no bytes"));
        }
        let contains = row.texts("contains")?;
        check_names(row, "contains", &contains, &names)?;
        let mut cells = vec![row.text("name")?.to_owned()];
        for suite in ["bookworm", "trixie"] {
            let alone = install(row, suite)?;
            let all = install(row, &format!("{suite}_all"))?;
            // Most packages recommend nothing.
            let same = all == alone && alone.is_some();
            cells.extend(figures(alone));
            cells.extend(if same { ["=", "", ""].map(str::to_owned) } else { figures(all) });
        }
        cells.push(numbers(&contains, &names));
        let cells = cells.try_into().map_err(|_| row.error("has not 14 cells"))?;
        table.push(cells)?;
    }
    Ok(text + &table.write())
}

/// What several packages of `debian.toml` have in common: a table for each suite, and for each with
/// recommended packages. A row has the thousands of bytes and the places of the packages, each as the
/// distance from the one before.
pub fn shared(file: &File, debian: &File) -> Result<String, String> {
    let top = file.top();
    let suites = [
        ("bookworm", "SHARED_BOOKWORM"),
        ("bookworm_all", "SHARED_BOOKWORM_ALL"),
        ("trixie", "SHARED_TRIXIE"),
        ("trixie_all", "SHARED_TRIXIE_ALL"),
    ];
    let mut known: Vec<&str> = suites.iter().map(|(suite, _)| *suite).collect();
    known.extend(["source", "date", "confidence"]);
    top.only(&known)?;
    origin(&top, "DEBIAN_SHARED")?;
    let rows = debian.rows("package", "name", true)?;
    let names = unique(&rows)?;
    let names: Vec<&str> = names.into_iter().collect();
    let mut text = String::new();
    for (suite, name) in suites {
        let mut table = Table::<2>::new(name);
        for (kilobytes, packages) in top.pairs(suite)? {
            let mut before = 0;
            let mut cells = Vec::new();
            for package in packages.split(' ') {
                let place = names.binary_search(&package);
                let place =
                    place.map_err(|_| top.error(&format!("{package:?} is not in debian.toml")))?;
                if place < before {
                    return Err(top.error(&format!("{suite}: {packages:?} is not sorted")));
                }
                cells.push((place - before).to_string());
                before = place;
            }
            table.push([kilobytes.to_string(), cells.join(" ")])?;
        }
        text += &table.write();
    }
    Ok(text)
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
    let mut table = Table::new("ALPINE");
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
        let flag = |key: &str| row.flag(key).map(|flag| if flag { "y" } else { "" }.to_owned());
        table.push([
            name.to_owned(),
            minor.to_string(),
            row.number("bytes")?.to_string(),
            flag("rounded")?,
            flag("incomplete")?,
            confidence,
            needs.join(" "),
        ])?;
    }
    Ok(text + &table.write())
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

/// Kilobytes and ratios by ten thousand, full and gzip to slim: as exact as the figures and half as
/// long to load.
fn install(row: &Row<'_>, key: &str) -> Result<Option<[u32; 3]>, String> {
    let Some(bytes) = row.inner(key)? else { return Ok(None) };
    bytes.only(&["slim", "full", "gzip"])?;
    let (slim, full, gzip) = (bytes.number("slim")?, bytes.number("full")?, bytes.number("gzip")?);
    if slim > full || gzip > slim {
        return Err(bytes.error("gzip, slim and full must ascend"));
    }
    let ratio = |bytes: u32| match slim {
        0 => Ok(0),
        _ => u16::try_from((u64::from(bytes) * 10_000 + u64::from(slim) / 2) / u64::from(slim))
            .map_err(|_| bytes_error(row, key)),
    };
    Ok(Some([(slim + 500) / 1000, u32::from(ratio(full)?), u32::from(ratio(gzip)?)]))
}

fn figures(install: Option<[u32; 3]>) -> [String; 3] {
    install.map_or([const { String::new() }; 3], |install| install.map(|figure| figure.to_string()))
}

fn bytes_error(row: &Row<'_>, key: &str) -> String {
    row.error(&format!("{key}: full is more than six times slim"))
}

/// The places of names in the sorted table.
fn numbers(listed: &[&str], names: &BTreeSet<&str>) -> String {
    let place = |name: &&str| names.iter().position(|known| known == name);
    let places: Vec<String> = listed.iter().filter_map(place).map(|n| n.to_string()).collect();
    places.join(" ")
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
