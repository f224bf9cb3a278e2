//! A bar with a whisker for its range. Geometry is in SVG attributes: a strict policy allows no
//! style attributes.

use engine::size::Range;
use yew::{Html, Properties, classes, component, html};

/// Properties of [`SizeBar`].
#[derive(Debug, Clone, Copy, PartialEq, Properties)]
pub struct SizeBarProps {
    /// The size; nothing is drawn for an unknown one.
    pub range: Option<Range>,
    /// Bytes at the right end of the scale.
    pub scale: u64,
    /// Whether it is the row that the Dockerfile stands for.
    #[prop_or_default]
    pub current: bool,
}

/// The bar. Its figures stand beside it as text.
#[component]
pub fn SizeBar(props: &SizeBarProps) -> Html {
    let Some(range) = props.range else { return Html::default() };
    let percent = |bytes: u64| (bytes as f64 / props.scale.max(1) as f64 * 100.0).clamp(0.0, 100.0);
    let (low, likely, high) = (percent(range.low), percent(range.likely), percent(range.high));
    let cut = range.likely > props.scale;
    let at = |value: f64| format!("{value:.2}%");
    html! {
        <svg class={classes!("size-bar", props.current.then_some("current"))} width="100%" height="14"
            aria-hidden="true" focusable="false">
            <rect class="track" x="0" y="3" width="100%" height="8" rx="2" />
            <rect class="fill" x="0" y="3" width={at(likely.max(0.6))} height="8" rx="2" />
            if cut {
                <svg x="88%" y="0" width="12" height="14" overflow="visible">
                    <path class="cut" d="M3 0 L0 14 M8 0 L5 14" />
                </svg>
            } else if high - low > 0.8 {
                <line class="whisker" x1={at(low)} x2={at(high)} y1="7" y2="7" />
                <line class="whisker" x1={at(low)} x2={at(low)} y1="4.5" y2="9.5" />
                <line class="whisker" x1={at(high)} x2={at(high)} y1="4.5" y2="9.5" />
            }
        </svg>
    }
}

/// A scale on which most of the sizes can be told apart: a few giants are cut off instead of
/// pressing all others to nothing.
pub fn scale(ranges: impl Iterator<Item = Option<Range>>) -> u64 {
    let mut highs: Vec<u64> = ranges.flatten().map(|range| range.high).collect();
    highs.sort_unstable();
    let median = highs.get(highs.len() / 2).copied().unwrap_or_default();
    highs
        .iter()
        .rev()
        .copied()
        .find(|high| *high <= median.saturating_mul(5))
        .unwrap_or(median)
        .max(1)
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
