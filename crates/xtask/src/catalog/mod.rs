//! The catalogue in `crates/engine/data`: is it plausible, and is it still true?

mod check;
mod file;
mod refresh;
mod registry;

use anyhow::{Result, bail};

use crate::args::Args;
use crate::workspace;

/// Where the catalogue lies, from the root of the repository.
const DATA: &str = "crates/engine/data";

/// `cargo xtask catalog check` and `cargo xtask catalog refresh`.
pub fn run(mut args: Args) -> Result<()> {
    match args.positional().as_deref() {
        Some("check") => args.finish().and_then(|()| check()),
        Some("refresh") => {
            let write = args.flag("--write");
            refresh::run(&workspace::root()?.join(DATA), &args.rest(), write)
        }
        _ => bail!("usage: cargo xtask catalog check | refresh [--write] [REFERENCE...]"),
    }
}

/// Lists what is wrong, and fails if anything is.
pub fn check() -> Result<()> {
    let (rows, problems) = check::check(&workspace::root()?.join(DATA))?;
    for problem in &problems {
        eprintln!("{problem}");
    }
    if !problems.is_empty() {
        bail!("the catalogue has {} implausible rows", problems.len());
    }
    println!("{rows} rows of the catalogue are plausible");
    Ok(())
}

/// The day of today as `2026-11-21`.
fn today() -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let days = now.map_or(0, |now| now.as_secs() / 86_400);
    day(i64::try_from(days).unwrap_or(0))
}

/// The date so many days after 1970-01-01, by the rules of the Gregorian calendar.
fn day(days: i64) -> String {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    // Years that start in March have February, and its odd day, at their end.
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn days_become_dates() {
        assert_eq!(super::day(0), "1970-01-01");
        assert_eq!(super::day(11_016), "2000-02-29");
        assert_eq!(super::day(20_778), "2026-11-21");
    }
}
