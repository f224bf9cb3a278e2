//! Asks registries for the compressed sizes of the base images.
//!
//! A registry knows only what it holds: unpacked sizes stay as they were measured. Nothing is changed
//! without `--write`, and of the file only figures, dates and sources: order and comments stay.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use toml_edit::{DocumentMut, Item, Table, Value};

use super::file::File;
use super::registry::{Fallback, Http, Network, Place, Registries};
use super::today;

const FILE: &str = "bases.toml";
const PLATFORMS: [&str; 2] = ["amd64", "arm64"];
/// The order of the keys of a row, as the top of the file explains them.
const KEYS: [&str; 13] = [
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
];

const SOURCE: &str = "manifest in the registry";

/// What came of a run.
#[derive(Debug, Default, PartialEq, Eq)]
struct Outcome {
    changes: Vec<String>,
    failures: Vec<String>,
    asked: usize,
    same: usize,
}

/// Asks for all rows, or only those that are named; writes the answers if asked to.
pub fn run(data: &Path, names: &[String], write: bool) -> Result<()> {
    let path = data.join(FILE);
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let registries = File::read(data, "registries.toml")?;
    let rows = registries.rows("registry");
    let hub = rows.first().context("registries.toml names no registry")?;
    let hub = Fallback { host: hub.text("host"), library: hub.text("library") };
    let (text, outcome) = refresh(&text, names, &hub, &Network::new(), &today())?;
    for line in outcome.changes.iter().chain(&outcome.failures) {
        println!("{line}");
    }
    if outcome.asked == outcome.failures.len() {
        bail!(
            "no registry answered: this command needs a network that reaches them; nothing is changed"
        );
    }
    println!(
        "{} images asked for: {} figures differ, {} are as recorded, {} failed",
        outcome.asked,
        outcome.changes.len(),
        outcome.same,
        outcome.failures.len()
    );
    if write {
        fs::write(&path, text)?;
        println!("written; run cargo xtask catalog check");
    } else if !outcome.changes.is_empty() {
        println!("nothing is written without --write");
    }
    Ok(())
}

fn refresh(
    text: &str,
    names: &[String],
    hub: &Fallback<'_>,
    http: &dyn Http,
    today: &str,
) -> Result<(String, Outcome)> {
    let mut document: DocumentMut = text.parse().context(FILE)?;
    let rows = document.get_mut("base").and_then(Item::as_array_of_tables_mut);
    let rows = rows.context("bases.toml has no [[base]]")?;
    let registries = Registries::new(http);
    let mut outcome = Outcome::default();
    let mut silent: BTreeSet<String> = BTreeSet::new();
    let mut known: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    for row in rows.iter_mut() {
        let reference = row.get("reference").and_then(Item::as_str).unwrap_or_default().to_owned();
        let exact = row.get("confidence").and_then(Item::as_str) == Some("exact");
        let wanted = names.is_empty() || known.remove(reference.as_str());
        if !wanted || exact || row.contains_key("bytes_of") {
            continue;
        }
        outcome.asked += 1;
        let place = Place::new(&reference, hub);
        if silent.contains(&place.host) {
            outcome.failures.push(format!("{reference}: not asked, {} is silent", place.host));
            continue;
        }
        let layers = match registries.layers(&place, &PLATFORMS) {
            Ok(layers) => layers,
            Err(error) => {
                if error.downcast_ref::<ureq::Error>().is_some() {
                    silent.insert(place.host.clone());
                }
                outcome.failures.push(format!("{reference}: {error:#}"));
                continue;
            }
        };
        for platform in PLATFORMS {
            if let Some(bytes) = layers.get(platform) {
                record(row, &reference, platform, *bytes, &mut outcome)?;
            }
        }
        stamp(row, today);
    }
    if let Some(name) = known.first() {
        bail!("{name} is no row of bases.toml");
    }
    Ok((document.to_string(), outcome))
}

/// Puts the figure in its place, and says what changes.
fn record(
    row: &mut Table,
    name: &str,
    platform: &str,
    bytes: u64,
    outcome: &mut Outcome,
) -> Result<()> {
    if !row.contains_key(platform) {
        let table: Value = "{ compressed = 0 }".parse()?;
        row.insert(platform, Item::Value(table));
    }
    let table = row.get_mut(platform).and_then(Item::as_inline_table_mut);
    let table = table.with_context(|| format!("{name}: {platform} is no inline table"))?;
    let before = table.get("compressed").and_then(Value::as_integer).unwrap_or(0);
    let before = u64::try_from(before).unwrap_or(0);
    if before == bytes {
        outcome.same += 1;
        return Ok(());
    }
    let mut value: Value = grouped(bytes).parse()?;
    if let Some(old) = table.get("compressed") {
        *value.decor_mut() = old.decor().clone();
    }
    table.insert("compressed", value);
    let difference = match before {
        0 => "new".to_owned(),
        before => {
            #[expect(clippy::cast_precision_loss, reason = "shown with one decimal")]
            let percent = (bytes as f64 / before as f64 - 1.0) * 100.0;
            format!("{percent:+.1} %")
        }
    };
    outcome.changes.push(format!(
        "{name} {platform}: compressed {} -> {} ({difference})",
        grouped(before),
        grouped(bytes)
    ));
    Ok(())
}

/// Date and source of what was just asked.
fn stamp(row: &mut Table, today: &str) {
    let text =
        |row: &Table, key: &str| row.get(key).and_then(Item::as_str).unwrap_or_default().to_owned();
    let source = text(row, "source");
    let has_unpacked = PLATFORMS.iter().any(|platform| {
        let table = row.get(platform).and_then(Item::as_inline_table);
        table.is_some_and(|table| table.contains_key("unpacked"))
    });
    if !source.starts_with(SOURCE) {
        let source =
            if has_unpacked { format!("{SOURCE}; unpacked: {source}") } else { SOURCE.to_owned() };
        row.insert("source", toml_edit::value(source));
    }
    if row.contains_key("undated") {
        row.remove("undated");
        if text(row, "confidence") == "medium" && !has_unpacked {
            row.insert("confidence", toml_edit::value("high"));
        }
    }
    if text(row, "date") != today {
        row.insert("date", toml_edit::value(today));
    }
    let place = |key: &toml_edit::Key| KEYS.iter().position(|known| key == *known);
    row.sort_values_by(|left, _, right, _| place(left).cmp(&place(right)));
}

/// `3_624_123`.
fn grouped(bytes: u64) -> String {
    let digits = bytes.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::registry::tests::Recorded;
    use super::*;

    const TEXT: &str = r#"# A comment at the top.

[[base]]
reference = "alpine:3.20"
date = "2025-01-06"
contents = "alpine" # and one beside
amd64 = { unpacked = 7_790_000, compressed = 3_620_000 }
confidence = "high"
source = "a listing"

[[base]]
reference = "alpine:3.21"
undated = "listing"
amd64 = { compressed = 3_640_000 }
confidence = "medium"
source = "a listing"

[[base]]
reference = "gone:1"
undated = "listing"
amd64 = { compressed = 1_000_000 }
confidence = "medium"
source = "a listing"

[[base]]
reference = "scratch"
undated = "definition"
amd64 = { unpacked = 0, compressed = 0 }
confidence = "exact"
source = "by definition"
"#;

    const HUB: Fallback<'static> = Fallback { host: "hub.test", library: "library/" };

    fn recorded() -> Recorded {
        Recorded::default()
            .with("https://hub.test/v2/library/alpine/manifests/3.20", r#"{"manifests":[
                {"digest":"sha256:a","platform":{"os":"linux","architecture":"amd64"}},
                {"digest":"sha256:b","platform":{"os":"linux","architecture":"arm64","variant":"v8"}}]}"#)
            .with("https://hub.test/v2/library/alpine/manifests/sha256:a", r#"{"layers":[{"size":3624123}]}"#)
            .with("https://hub.test/v2/library/alpine/manifests/sha256:b", r#"{"layers":[{"size":4090000}]}"#)
            .with("https://hub.test/v2/library/alpine/manifests/3.21", r#"{"config":{"digest":"sha256:c"},"layers":[{"size":3640000}]}"#)
            .with("https://hub.test/v2/library/alpine/blobs/sha256:c", r#"{"architecture":"amd64"}"#)
    }

    #[test]
    fn figures_change_and_the_rest_of_the_file_stays() {
        let (text, outcome) =
            refresh(TEXT, &[], &HUB, &recorded(), "2026-11-30").expect("a readable file");
        let expected = TEXT
            .replace("2025-01-06", "2026-11-30")
            .replace("3_620_000 }", "3_624_123 }\narm64 = { compressed = 4_090_000 }")
            .replacen("\"a listing\"", "\"manifest in the registry; unpacked: a listing\"", 1)
            .replacen("\"a listing\"", "\"manifest in the registry\"", 1)
            .replacen("undated = \"listing\"", "date = \"2026-11-30\"", 1)
            .replacen("\"medium\"", "\"high\"", 1);
        assert_eq!(text, expected);
        assert_eq!(
            outcome.changes,
            [
                "alpine:3.20 amd64: compressed 3_620_000 -> 3_624_123 (+0.1 %)",
                "alpine:3.20 arm64: compressed 0 -> 4_090_000 (new)",
            ]
        );
        assert_eq!((outcome.asked, outcome.same, outcome.failures.len()), (3, 1, 1));
    }

    #[test]
    fn only_the_named_rows_are_asked_for() {
        let names = ["alpine:3.21".to_owned()];
        let (_, outcome) = refresh(TEXT, &names, &HUB, &recorded(), "2026-11-30").expect("a file");
        assert_eq!((outcome.asked, outcome.changes.len()), (1, 0));
        let error = refresh(TEXT, &["none:1".to_owned()], &HUB, &recorded(), "2026-11-30");
        assert!(error.expect_err("no row").to_string().contains("none:1"));
    }
}
