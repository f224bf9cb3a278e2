//! Bytes as people read them: three digits that matter, in powers of ten.
//!
//! Integers throughout: printing and reading floating-point numbers costs 10 KB of download.

const UNITS: [(&str, u64); 3] = [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)];

/// Bytes in words, as in `7.4 MB`, `215 MB`, `1.02 GB`.
pub fn in_words(bytes: u64) -> String {
    words(bytes, |unit| unit / 2)
}

/// The same, rounded up: what is above a bound never reads as if it were within it.
pub fn in_words_rounded_up(bytes: u64) -> String {
    words(bytes, |unit| unit - 1)
}

/// `rounding` is what is added to a figure before the rest of its last digit is dropped.
fn words(bytes: u64, rounding: fn(u64) -> u64) -> String {
    for (name, unit) in UNITS {
        // 999.6 kB would be rounded to 1000 kB; it is 1 MB then.
        if bytes.saturating_add(rounding(unit / 1_000)) >= unit {
            let rounded = |decimals: u32| {
                let scaled = bytes.saturating_mul(10u64.pow(decimals));
                scaled.saturating_add(rounding(unit)) / unit
            };
            let decimals = (0..=2).rev().find(|decimals| rounded(*decimals) < 1_000);
            let decimals = decimals.unwrap_or_default();
            return format!("{} {name}", decimal(rounded(decimals), decimals));
        }
    }
    format!("{bytes} B")
}

/// A number with so many decimals, without zeros at the end: `decimal(1230, 2)` is `12.3`.
pub fn decimal(value: u64, decimals: u32) -> String {
    let unit = 10u64.pow(decimals);
    let (whole, rest) = (value / unit, value % unit);
    if rest == 0 {
        return whole.to_string();
    }
    let rest = format!("{rest:0width$}", width = decimals as usize);
    format!("{whole}.{}", rest.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_read_well_on_both_sides_of_each_unit() {
        let cases = [
            (0, "0 B", "0 B"),
            (999, "999 B", "999 B"),
            (1_000, "1 kB", "1 kB"),
            (999_001, "999 kB", "1 MB"),
            (999_600, "1 MB", "1 MB"),
            (7_400_000, "7.4 MB", "7.4 MB"),
            (12_345_678, "12.3 MB", "12.4 MB"),
            (9_996_000, "10 MB", "10 MB"),
            (20_000_001, "20 MB", "20.1 MB"),
            (99_960_000, "100 MB", "100 MB"),
            (215_000_000, "215 MB", "215 MB"),
            (1_024_000_000, "1.02 GB", "1.03 GB"),
            (u64::MAX, "18446744073 GB", "18446744073 GB"),
        ];
        for (count, nearest, above) in cases {
            assert_eq!(in_words(count), nearest, "{count}");
            assert_eq!(in_words_rounded_up(count), above, "{count}");
        }
    }
}
