//! `files.toml`: files whose size does not depend on the user.

use std::fmt::Write as _;

use super::CATALOGUE_DATE;
use super::row::File;

/// The files as a static, sorted by name.
pub fn generate(file: &File) -> Result<String, String> {
    let rows = file.rows("file", "name", true)?;
    let mut text = format!("pub static FILES: [KnownFile; {}] = [\n", rows.len());
    for row in rows {
        row.only(&["name", "bytes", "compressed", "blocks", "date", "confidence", "source"])?;
        row.maybe_date(CATALOGUE_DATE)?.ok_or_else(|| row.error("date is missing"))?;
        row.confidence()?;
        let mut ranges = Vec::new();
        for key in ["bytes", "compressed", "blocks"] {
            let range = row.inner(key)?.ok_or_else(|| row.error(&format!("{key} is missing")))?;
            ranges.push(range.range()?);
        }
        let name = row.text("name")?;
        let source = row.text("source")?;
        let _ = writeln!(
            text,
            "    KnownFile {{ name: {name:?}, sizes: {ranges:?}, source: {source:?} }},"
        );
    }
    Ok(text + "];\n")
}
