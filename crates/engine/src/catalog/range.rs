//! Arithmetic with ranges of bytes. Factors are by thousand.

use crate::size::Range;

/// The range of `permille` around a figure.
pub fn around(bytes: u64, permille: u64) -> Range {
    let off = bytes.saturating_mul(permille) / 1000;
    Range { low: bytes.saturating_sub(off), likely: bytes, high: bytes.saturating_add(off) }
}

/// The range widened at both ends by `permille` of its ends.
pub fn widened(range: Range, permille: u64) -> Range {
    Range {
        low: around(range.low, permille).low,
        likely: range.likely,
        high: around(range.high, permille).high,
    }
}

/// The range times three factors that ascend.
pub fn scaled(range: Range, low: u32, likely: u32, high: u32) -> Range {
    let times = |bytes: u64, factor: u32| bytes.saturating_mul(u64::from(factor)) / 1000;
    Range {
        low: times(range.low, low),
        likely: times(range.likely, likely),
        high: times(range.high, high),
    }
}

/// The sum of both.
pub fn plus(left: Range, right: Range) -> Range {
    Range {
        low: left.low.saturating_add(right.low),
        likely: left.likely.saturating_add(right.likely),
        high: left.high.saturating_add(right.high),
    }
}
