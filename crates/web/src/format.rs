//! Numbers as people read them.

use engine::size::{Range, Verdict};

/// Bytes with three digits that matter, in powers of ten: `7.4 MB`, `215 MB`, `1.02 GB`.
pub fn bytes(count: u64) -> String {
    const UNITS: [(&str, f64); 3] = [("GB", 1e9), ("MB", 1e6), ("kB", 1e3)];
    let value = count as f64;
    for (unit, size) in UNITS {
        // 999.6 kB would be rounded to 1000 kB; it is 1 MB then.
        if value >= size * 0.9995 {
            return format!("{} {unit}", three_digits(value / size));
        }
    }
    format!("{count} B")
}

fn three_digits(value: f64) -> String {
    let decimals = match value {
        v if v >= 99.95 => 0,
        v if v >= 9.995 => 1,
        _ => 2,
    };
    let text = format!("{value:.decimals$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// The range in words, as in `6.9 – 8.1 MB`; one figure where both ends read the same.
pub fn range(range: Range) -> String {
    let (low, high) = (bytes(range.low), bytes(range.high));
    if low == high {
        return low;
    }
    match (low.split_once(' '), high.split_once(' ')) {
        (Some((number, unit)), Some((_, same))) if unit == same => format!("{number} – {high}"),
        _ => format!("{low} – {high}"),
    }
}

/// The range as a clause: `between 6.9 and 8.1 MB`, or `exactly 5 MB`.
pub fn between(of: Range) -> String {
    match range(of).split_once(" – ") {
        Some((low, high)) => format!("between {low} and {high}"),
        None => format!("exactly {}", range(of)),
    }
}

/// `1 problem`, `2 problems`.
pub fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The verdict in the words of the page.
pub const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Starts => "Starts",
        Verdict::StartsAfterEdits => "Needs edits",
        Verdict::WouldNotStart => "Would not start",
        Verdict::WouldNotBuild => "Would not build",
        Verdict::Unknown => "Not known",
    }
}

/// Megabytes as typed by a user, to bytes; `None` for what is no size.
pub fn megabytes(text: &str) -> Option<u64> {
    let value: f64 = text.trim().replace(',', ".").parse().ok()?;
    (value.is_finite() && (0.0..=1e6).contains(&value)).then_some((value * 1e6).round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_read_well_on_both_sides_of_each_unit() {
        let cases = [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1 kB"),
            (999_600, "1 MB"),
            (7_400_000, "7.4 MB"),
            (12_345_678, "12.3 MB"),
            (99_960_000, "100 MB"),
            (215_000_000, "215 MB"),
            (1_024_000_000, "1.02 GB"),
        ];
        for (count, text) in cases {
            assert_eq!(bytes(count), text, "{count}");
        }
    }

    #[test]
    fn a_range_names_its_unit_once() {
        let of = |low, high| range(Range { low, likely: low, high });
        assert_eq!(of(6_900_000, 8_100_000), "6.9 – 8.1 MB");
        assert_eq!(of(900_000, 1_100_000), "900 kB – 1.1 MB");
        assert_eq!(of(5, 5), "5 B");
    }

    #[test]
    fn sizes_are_read_with_point_and_comma() {
        assert_eq!(megabytes(" 12.5 "), Some(12_500_000));
        assert_eq!(megabytes("12,5"), Some(12_500_000));
        for bad in ["", "x", "-1", "inf", "NaN", "1e9"] {
            assert_eq!(megabytes(bad), None, "{bad}");
        }
    }
}
