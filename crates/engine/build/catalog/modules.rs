//! `go-modules.toml`: what modules add to a Go program.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::packages::origin;
use super::row::{File, Row};
use super::table::Table;

/// The modules as a table, and the paths of those that only tests need.
pub fn generate(file: &File) -> Result<String, String> {
    let top = file.top();
    top.only(&["source", "date", "confidence", "spread", "tests", "module"])?;
    let mut text = origin(&top, "GO_MODULES_ADD")?;
    let spread = top.inner("spread")?.ok_or_else(|| top.error("spread is missing"))?.range()?;
    let _ = writeln!(text, "pub const GO_MODULES_SPREAD: [u32; 3] = {spread:?};");
    let tests = top.texts("tests")?;
    let _ = writeln!(text, "pub static GO_TEST_MODULES: [&str; {}] = {tests:?};", tests.len());
    let mut known: BTreeSet<&str> = tests.into_iter().collect();
    let mut table = Table::<7>::new("GO_MODULES");
    for row in file.rows("module", "name", true)? {
        let figures = ["bytes", "gzip", "stripped", "stripped_gzip"];
        row.only(&[&["name", "modules", "shares"], &figures[..]].concat())?;
        let modules = row.texts("modules")?;
        if let Some(twice) = modules.iter().find(|module| !known.insert(module)) {
            return Err(row.error(&format!("{twice} is there already")));
        }
        let [bytes, gzip, stripped, stripped_gzip] = numbers(&row, figures)?;
        if gzip >= bytes || stripped_gzip >= stripped {
            return Err(row.error("compressing must make it smaller"));
        }
        let shares = row.maybe_text("shares")?.unwrap_or_default().to_owned();
        let cells = [bytes, gzip, stripped, stripped_gzip].map(|number| number.to_string());
        let [bytes, gzip, stripped, stripped_gzip] = cells;
        let name = row.text("name")?.to_owned();
        table.push([name, modules.join(" "), shares, bytes, gzip, stripped, stripped_gzip])?;
    }
    Ok(text + &table.write())
}

fn numbers<const N: usize>(row: &Row<'_>, keys: [&str; N]) -> Result<[u32; N], String> {
    let mut numbers = [0; N];
    for (number, key) in numbers.iter_mut().zip(keys) {
        *number = row.number(key)?;
    }
    Ok(numbers)
}
