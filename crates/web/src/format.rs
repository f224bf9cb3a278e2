//! Numbers as people read them.

pub use engine::size::in_words as bytes;
use engine::size::{Range, Verdict, decimal};

/// The best guess in words, also where there is none.
pub fn likely(range: Option<Range>) -> String {
    range.map_or_else(|| "unknown".to_owned(), |range| bytes(range.likely))
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

/// A time with two digits that matter: `80 ms`, `1.3 s`, `45 s`, `3 min`.
pub fn time(milliseconds: u64) -> String {
    match milliseconds {
        0..100 => format!("{milliseconds} ms"),
        100..10_000 => format!("{} s", decimal(milliseconds.div_ceil(100), 1)),
        10_000..120_000 => format!("{} s", milliseconds / 1_000),
        120_000..7_200_000 => format!("{} min", milliseconds / 60_000),
        _ => format!("{} h", milliseconds / 3_600_000),
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

/// The verdict as the beginning of a sentence that goes on with its first reason.
pub const fn headline(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Starts => "Starts.",
        Verdict::StartsAfterEdits => "Starts, but",
        Verdict::WouldNotStart => "Would not start, because",
        Verdict::WouldNotBuild => "Would not build, because",
        Verdict::Unknown => "Not known, because",
    }
}

/// The verdict in the few words of a table.
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
pub fn from_megabytes(text: &str) -> Option<u64> {
    let text = text.trim().replace(',', ".");
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |text: &str| text.len() <= 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(rest) || (whole.is_empty() && rest.is_empty()) {
        return None;
    }
    format!("{whole}{rest:0<6}").parse().ok()
}

/// Bytes as megabytes, to be shown where [`from_megabytes`] reads.
pub fn to_megabytes(bytes: u64) -> String {
    decimal(bytes, 6)
}

/// A share of a whole in percent, for geometry: `33.33%`.
pub fn percent(part: u64, whole: u64) -> String {
    let hundredths = part.min(whole).saturating_mul(10_000) / whole.max(1);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_names_its_unit_once() {
        let of = |low, high| range(Range { low, likely: low, high });
        assert_eq!(of(6_900_000, 8_100_000), "6.9 – 8.1 MB");
        assert_eq!(of(900_000, 1_100_000), "900 kB – 1.1 MB");
        assert_eq!(of(5, 5), "5 B");
    }

    #[test]
    fn sizes_are_read_with_point_and_comma_and_written_back() {
        for (text, bytes, shown) in [
            (" 12.5 ", 12_500_000, "12.5"),
            ("12,5", 12_500_000, "12.5"),
            (".000001", 1, "0.000001"),
            ("7", 7_000_000, "7"),
            ("999999", 999_999_000_000, "999999"),
        ] {
            assert_eq!(from_megabytes(text), Some(bytes), "{text}");
            assert_eq!(to_megabytes(bytes), shown);
        }
        for bad in ["", ".", "x", "-1", "inf", "1e9", "1.2.3", "1000000"] {
            assert_eq!(from_megabytes(bad), None, "{bad}");
        }
    }

    #[test]
    fn times_have_two_digits() {
        for (milliseconds, text) in [
            (0, "0 ms"),
            (99, "99 ms"),
            (1_210, "1.3 s"),
            (9_990, "10 s"),
            (45_900, "45 s"),
            (180_000, "3 min"),
            (7_200_000, "2 h"),
        ] {
            assert_eq!(time(milliseconds), text);
        }
    }

    #[test]
    fn shares_never_leave_the_whole() {
        assert_eq!(percent(1, 3), "33.33%");
        assert_eq!(percent(5, 3), "100.00%");
        assert_eq!(percent(0, 0), "0.00%");
    }
}
