//! The layers of the final image from bottom to top, each unfolding to what is in it.

use engine::size::{Estimate, Layer, Part};
use yew::{Callback, Html, html};

use crate::components::picture::{TREEMAP, copies, treemap};
use crate::components::prose::sentence;
use crate::components::size_bar::size_bar;
use crate::format;
use crate::learn;
use crate::parts;
use crate::services::picture;
use crate::state::{Action, Measure};

/// The list.
pub fn layers(estimate: &Estimate, measure: Measure, act: &Callback<Action>) -> Html {
    let layers = estimate.layers.iter();
    let largest = layers.clone().filter_map(|layer| measure.of(layer.size)).map(|range| range.high);
    let scale = largest.max().unwrap_or(1);
    let markdown = parts::layers_markdown(estimate, measure);
    html! {
        <>
            { treemap(estimate, measure, act) }
            <ol class="layers" role="list">
                { for layers.enumerate().map(|(number, layer)| html! {
                    <li key={number}>{ one(layer, measure, scale, act) }</li>
                }) }
            </ol>
            { copies(&Callback::from(|()| picture::drawing(TREEMAP)), markdown, act) }
        </>
    }
}

fn one(layer: &Layer, measure: Measure, scale: u64, act: &Callback<Action>) -> Html {
    let range = measure.of(layer.size);
    let line = layer.line;
    html! {
        <details class="layer">
            <summary>
                <span class="layer-title"><code>{ &layer.title }</code></span>
                <strong class="number">{ format::likely(range) }</strong>
                { size_bar(range, [0; 2], scale, false) }
            </summary>
            <div class="layer-parts">
                { for layer.parts.iter().map(|item| part(item, measure)) }
                <button type="button" class="text-button"
                    onclick={Action::GoToLine(line).on(act)}>
                    { format!("Go to line {line}") }
                </button>
            </div>
        </details>
    }
}

fn part(part: &Part, measure: Measure) -> Html {
    let spread = measure.of(part.size).map_or_else(|| "unknown".to_owned(), format::range);
    html! {
        <div class="part">
            <p class="part-head">
                <span>{ sentence(&part.what) }</span>
                <span class="number">{ spread }</span>
            </p>
            <p>{ sentence(&part.why) }</p>
            if !part.source.is_empty() {
                <p class="hint">{ format!("Source: {}", part.source) }</p>
            }
            if let Some(chapter) = learn::of_part(&part.what) {
                <p><a href={format!("#guide/{chapter}")}>{ "More in the guide" }</a></p>
            }
        </div>
    }
}
