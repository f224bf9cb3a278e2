//! A stacked bar with a whisker for its range. Geometry is in SVG attributes: a strict policy allows no
//! style attributes.

use engine::size::Range;
use yew::{Html, classes, html};

use crate::format;
use crate::services::engine::order;

/// The bar. Its figures stand beside it as text. `stack` is where the base and where the program on
/// top of it end; the rest is everything else.
pub fn size_bar(range: Option<Range>, stack: [u64; 2], scale: u64, current: bool) -> Html {
    let Some(range) = range else { return Html::default() };
    let at = |bytes: u64| format::percent(bytes, scale);
    let cut = range.likely > scale;
    // So short a whisker would only blur the end of the bar.
    let spread = range.high.min(scale).saturating_sub(range.low) > scale / 120;
    html! {
        <svg class={classes!("size-bar", current.then_some("current"))} width="100%" height="14"
            aria-hidden="true" focusable="false">
            <rect class="track" x="0" y="3" width="100%" height="8" rx="2" />
            <rect class="fill" x="0" y="3" height="8" rx="2"
                width={at(range.likely.max(scale / 160))} />
            { for ["fill own", "fill of-base"].into_iter().zip(stack.into_iter().rev())
                .filter(|(_, end)| *end > 0)
                .map(|(class, end)| html! {
                    <rect {class} x="0" y="3" height="8" rx="2" width={at(end)} />
                }) }
            if cut {
                <svg x="88%" y="0" width="12" height="14" overflow="visible">
                    <path class="cut" d="M3 0 L0 14 M8 0 L5 14" />
                </svg>
            } else if spread {
                <line class="whisker" x1={at(range.low)} x2={at(range.high)} y1="7" y2="7" />
                <line class="whisker" x1={at(range.low)} x2={at(range.low)} y1="4.5" y2="9.5" />
                <line class="whisker" x1={at(range.high)} x2={at(range.high)} y1="4.5" y2="9.5" />
            }
        </svg>
    }
}

/// A scale on which most of the sizes can be told apart: a few giants are cut off instead of
/// pressing all others to nothing.
pub fn scale(ranges: impl Iterator<Item = Option<Range>>) -> u64 {
    let highs: Vec<u64> = ranges.flatten().map(|range| range.high).collect();
    let sorted: Vec<u64> =
        order(highs.iter().copied()).into_iter().map(|index| highs[index]).collect();
    let median = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
    let most = median.saturating_mul(5);
    sorted.iter().rev().copied().find(|high| *high <= most).unwrap_or(median).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_giant_does_not_set_the_scale() {
        let of = |highs: &[u64]| {
            scale(highs.iter().map(|high| Some(Range { low: 0, likely: *high, high: *high })))
        };
        assert_eq!(of(&[10, 12, 20, 30, 900]), 30);
        assert_eq!(of(&[10, 12]), 12);
        assert_eq!(of(&[0, 0, 0]), 1);
        assert_eq!(of(&[]), 1);
    }
}
