//! `kinds.toml`: how well each kind of layer compresses.

use std::fmt::Write as _;

use super::CATALOGUE_DATE;
use super::row::{File, upper};

/// One kind, ready to be written.
pub struct Kind {
    /// Name in the file.
    pub name: String,
    ratio: [u32; 3],
    blocks: [u32; 3],
    /// Where it was measured, for the kinds of layers: the others need it only in the file.
    source: Option<String>,
}

/// Reads and checks all kinds.
pub fn read(file: &File) -> Result<Vec<Kind>, String> {
    let mut kinds = Vec::new();
    for row in file.rows("kind", "name", true)? {
        row.only(&[
            "name",
            "title",
            "layer",
            "low",
            "likely",
            "high",
            "blocks",
            "date",
            "confidence",
            "source",
        ])?;
        let [low, likely, high] = row.range()?;
        if low == 0 || high > 2000 {
            return Err(row.error("a ratio by thousand lies above 0 and up to 2000"));
        }
        // Ratios of platforms say nothing about blocks.
        let blocks = row.inner("blocks")?.map_or(Ok([1000; 3]), |row| row.range())?;
        row.maybe_date(CATALOGUE_DATE)?.ok_or_else(|| row.error("date is missing"))?;
        row.text("title")?;
        row.confidence()?;
        let source = row.text("source")?.to_owned();
        kinds.push(Kind {
            name: row.text("name")?.to_owned(),
            ratio: [low, likely, high],
            blocks,
            source: row.flag("layer")?.then_some(source),
        });
    }
    Ok(kinds)
}

/// One static per kind, named after it, and the list of all.
pub fn write(kinds: &[Kind]) -> String {
    let names: Vec<String> =
        kinds.iter().map(|kind| format!("&{}", static_name(&kind.name))).collect();
    let mut text =
        format!("pub static RATIOS: [&Ratio; {}] = [{}];\n", names.len(), names.join(", "));
    for kind in kinds {
        let name = static_name(&kind.name);
        let [low, likely, high] = kind.ratio;
        let _ = writeln!(
            text,
            "pub static {name}: Ratio = Ratio {{ low: {low}, likely: {likely}, high: {high}, blocks: \
             {:?} }};",
            kind.blocks
        );
        if let Some(source) = &kind.source {
            let _ = writeln!(text, "pub const {name}_SOURCE: &str = {source:?};");
        }
    }
    text
}

/// The name of a kind's static.
fn static_name(kind: &str) -> String {
    format!("RATIO_{}", upper(kind))
}
