//! `stacks.toml` and `claimed_sizes.toml`: services of other languages, and what guides say of sizes.

use std::fmt::Write as _;

use super::CATALOGUE_DATE;
use super::bases::Base;
use super::row::{File, Row};

/// The smallest services of several languages.
pub fn stacks(file: &File, bases: &[Base]) -> Result<String, String> {
    let rows = file.rows("stack", "title", false)?;
    let mut text = format!("pub static STACKS: [Stack; {}] = [\n", rows.len());
    for row in rows {
        row.only(&[
            "title",
            "base",
            "adds",
            "files",
            "bytes",
            "gzip",
            "claimed",
            "claimed_for",
            "date",
            "source",
        ])?;
        row.maybe_date(CATALOGUE_DATE)?.ok_or_else(|| row.error("date is missing"))?;
        let (bytes, gzip) = (row.number("bytes")?, row.number("gzip")?);
        if gzip > bytes {
            return Err(row.error("compressing must make it smaller"));
        }
        let _ = writeln!(
            text,
            "    Stack {{ title: {:?}, base: {:?}, adds: {:?}, files: {}, added: [{bytes}, {gzip}], \
             claimed: {}, claimed_for: {:?}, date: {:?}, source: {:?} }},",
            row.text("title")?,
            known(&row, "base", bases)?,
            row.text("adds")?,
            row.variant("files", "LayerKind", &["packed", "program", "text"])?,
            row.number("claimed")?,
            row.text("claimed_for")?,
            row.text("date")?,
            row.text("source")?,
        );
    }
    Ok(text + "];\n")
}

/// What guides say of base images.
pub fn claims(file: &File, bases: &[Base]) -> Result<String, String> {
    let rows = file.rows("claim", "reference", false)?;
    let mut text = format!("pub static CLAIMS: [Claim; {}] = [\n", rows.len());
    for row in rows {
        row.only(&["reference", "low", "high", "why"])?;
        let (low, high) = (row.number("low")?, row.number("high")?);
        if low > high {
            return Err(row.error("low and high must ascend"));
        }
        let _ = writeln!(
            text,
            "    Claim {{ reference: {:?}, claimed: [{low}, {high}], why: {:?} }},",
            known(&row, "reference", bases)?,
            row.text("why")?,
        );
    }
    Ok(text + "];\n")
}

fn known<'r>(row: &Row<'r>, key: &str, bases: &[Base]) -> Result<&'r str, String> {
    let reference = row.text(key)?;
    let found = bases.iter().any(|base| base.reference == reference);
    found.then_some(reference).ok_or_else(|| row.error("is no row of bases.toml"))
}
