//! `tokens.toml`: how keys and tokens begin, and how long they are.

use std::fmt::Write as _;

use super::row::File;

/// Reads, checks and writes all formats.
pub fn generate(file: &File) -> Result<String, String> {
    let rows = file.rows("token", "prefix", true)?;
    let mut text = format!("pub static TOKENS: [Token; {}] = [\n", rows.len());
    let mut before: Option<&str> = None;
    for row in rows {
        row.only(&["prefix", "what", "min", "max", "source"])?;
        let (prefix, what) = (row.text("prefix")?, row.text("what")?);
        let (min, max) = (row.number("min")?, row.number("max")?);
        row.text("source")?;
        if min > max || max > u32::from(u16::MAX) {
            return Err(row.error("min and max must ascend, and max fits into 16 bits"));
        }
        if before.is_some_and(|before| prefix.starts_with(before)) {
            return Err(row.error("the prefix before it starts this one"));
        }
        before = Some(prefix);
        let _ = writeln!(
            text,
            "    Token {{ prefix: {prefix:?}, what: {what:?}, min: {min}, max: {max} }},"
        );
    }
    Ok(text + "];\n")
}
