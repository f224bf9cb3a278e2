//! The layers of the final image from bottom to top, each unfolding to what is in it.

use engine::size::{Layer, Part};
use yew::{Callback, Html, Properties, component, html};

use crate::analysis::Analysis;
use crate::components::prose::prose;
use crate::components::size::measured;
use crate::components::size_bar::SizeBar;
use crate::format;
use crate::state::{Action, Measure, Same};

/// Properties of [`Layers`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct LayersProps {
    /// What is known of the text.
    pub analysis: Same<Analysis>,
    /// Which size is shown.
    pub measure: Measure,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The list.
#[component]
pub fn Layers(props: &LayersProps) -> Html {
    let layers = props.analysis.report.estimate.iter().flat_map(|estimate| &estimate.layers);
    let largest = layers
        .clone()
        .filter_map(|layer| measured(layer.size, props.measure))
        .map(|range| range.high);
    let scale = largest.max().unwrap_or(1);
    html! {
        <ol class="layers" role="list">
            { for layers.enumerate().map(|(number, layer)| html! {
                <li key={number}>{ one(props, layer, scale) }</li>
            }) }
        </ol>
    }
}

fn one(props: &LayersProps, layer: &Layer, scale: u64) -> Html {
    let range = measured(layer.size, props.measure);
    let line = layer.line;
    html! {
        <details class="layer">
            <summary>
                <span class="layer-title"><code>{ &layer.title }</code></span>
                <strong class="number">{ range.map_or_else(|| "unknown".to_owned(), |range| format::bytes(range.likely)) }</strong>
                <SizeBar {range} {scale} />
            </summary>
            <div class="layer-parts">
                { for layer.parts.iter().map(|item| part(item, props.measure)) }
                <button type="button" class="text-button" onclick={props.act.reform(move |_| Action::GoToLine(line))}>
                    { format!("Go to line {line}") }
                </button>
            </div>
        </details>
    }
}

fn part(part: &Part, measure: Measure) -> Html {
    let range = measured(part.size, measure);
    html! {
        <div class="part">
            <p class="part-head">
                <span>{ prose(&part.what) }</span>
                <span class="number">{ range.map_or_else(|| "unknown".to_owned(), format::range) }</span>
            </p>
            <p>{ prose(&part.why) }</p>
            if !part.source.is_empty() { <p class="hint">{ format!("Source: {}", part.source) }</p> }
        </div>
    }
}
