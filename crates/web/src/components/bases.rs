//! One row per base image: how big the image would be there, and whether it would start.

use engine::size::BaseRow;
use yew::{Callback, Html, Properties, UseStateHandle, classes, component, html, use_state_eq};

use crate::analysis::Analysis;
use crate::components::icons;
use crate::components::prose::sentences;
use crate::components::size::measured;
use crate::components::size_bar::{scale, size_bar};
use crate::format;
use crate::services::engine::order;
use crate::state::{Measure, Same};

/// Properties of [`Bases`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct BasesProps {
    /// What is known of the text.
    pub analysis: Same<Analysis>,
    /// Which size is shown.
    pub measure: Measure,
}

/// The table, smallest first.
#[component]
pub fn Bases(props: &BasesProps) -> Html {
    let open = use_state_eq(|| None::<String>);
    let rows = &props.analysis.report.bases;
    if rows.is_empty() {
        let why = "What ships is not known well enough to move it to another base.";
        return html! { <p class="hint">{ why }</p> };
    }
    let size = |row: &BaseRow| measured(row.size, props.measure);
    let sorted = order(rows.iter().map(|row| size(row).map_or(u64::MAX, |range| range.likely)));
    let scale = scale(rows.iter().map(size));
    let cut = rows.iter().any(|row| size(row).is_some_and(|range| range.likely > scale));
    html! {
        <>
            <table class="bases">
                <thead>
                    <tr>
                        <th scope="col">{ "Base" }</th>
                        <td></td>
                        <th scope="col" class="number">{ "Whole image" }</th>
                        <th scope="col">{ "Verdict" }</th>
                    </tr>
                </thead>
                { for sorted.into_iter().map(|at| base(&rows[at], props.measure, scale, &open)) }
            </table>
            <p class="hint">
                { "The thin line over a bar is the range of the estimate." }
                if cut { { " A bar with a cut is longer than the scale." } }
            </p>
        </>
    }
}

fn base(
    row: &BaseRow,
    measure: Measure,
    scale: u64,
    open: &UseStateHandle<Option<String>>,
) -> Html {
    let range = measured(row.size, measure);
    let unfolded = open.as_ref() == Some(&row.reference);
    let toggle = {
        let (open, reference) = (open.clone(), row.reference.clone());
        Callback::from(move |_| open.set((!unfolded).then(|| reference.clone())))
    };
    html! {
        <tbody key={row.reference.clone()} class={classes!(row.current.then_some("current"))}>
            <tr>
                <th scope="row">
                    <button type="button" class="base-title" onclick={toggle}
                        aria-expanded={unfolded.to_string()}>
                        { icons::chevron() }
                        <span>{ &row.title }
                            if row.current { <span class="tag now">{ "now" }</span> }
                        </span>
                    </button>
                </th>
                <td class="bar-cell">{ size_bar(range, scale, row.current) }</td>
                <td class="number">
                    <strong>{ format::likely(range) }</strong>
                </td>
                <td class="verdict-cell">
                    <span class={format!("chip {}", row.verdict.name())}>
                        { icons::verdict(row.verdict) }<span>{ format::verdict(row.verdict) }</span>
                    </span>
                </td>
            </tr>
            if unfolded {
                <tr class="why">
                    <td colspan="4">
                        <p><code>{ &row.reference }</code></p>
                        { sentences(row.reasons.iter().map(String::as_str)) }
                        if let Some(range) = range {
                            <p>{ format!("Whole image {}.", format::between(range)) }</p>
                        }
                        <p class="hint">
                            { format!("Base alone: {}. Source: {}", alone(row), row.source) }
                        </p>
                    </td>
                </tr>
            }
        </tbody>
    }
}

fn alone(row: &BaseRow) -> String {
    let (unpacked, compressed) = (row.base.unpacked, row.base.compressed);
    format!("{} unpacked, {} compressed", format::likely(unpacked), format::likely(compressed))
}
