//! The treemap of layers and parts, and the buttons that take a picture or its table along.

use std::rc::Rc;

use engine::size::Estimate;
use yew::{Callback, Html, KeyboardEvent, html};

use crate::format;
use crate::parts::{self, Cell};
use crate::state::{Action, Measure};
use crate::treemap::WHOLE;

/// Identifier of the treemap.
pub const TREEMAP: &str = "treemap";
/// Narrower and lower cells than this, in hundredths of a percent, have no room for words.
const ROOM: (u64, u64) = (1_200, 1_700);
/// How many tones there are for layers.
const TONES: usize = 5;

/// The treemap; a cell leads to the words that bring it in. The list beside it says the same.
pub fn treemap(estimate: &Estimate, measure: Measure, act: &Callback<Action>) -> Html {
    let cells = parts::cells(estimate, measure);
    if cells.is_empty() {
        return Html::default();
    }
    let drawn = estimate.layers.iter().map(|layer| layer.parts.len()).sum::<usize>() - cells.len();
    html! {
        <>
            <svg id={TREEMAP} class="treemap" width="100%" height="220" role="group"
                aria-label={format!("Parts of the image by size, {}", measure.name())}>
                { for cells.iter().map(|one| cell(one, act)) }
            </svg>
            <p class="hint">
                { format!("Areas show the likely size, {}. ", measure.name()) }
                if drawn > 0 {
                    { format!("Too small to be drawn or of unknown size: {drawn}.") }
                }
            </p>
        </>
    }
}

fn cell(cell: &Cell<'_>, act: &Callback<Action>) -> Html {
    let (area, span) = (cell.area, cell.span);
    let at = |value| format::percent(value, WHOLE);
    let label = format!("{}, {}", cell.what, format::bytes(cell.size.likely));
    let go = act.clone();
    let press = Callback::from(move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            go.emit(Action::GoToPlace(span));
        }
    });
    html! {
        <svg x={at(area.x)} y={at(area.y)} width={at(area.width)} height={at(area.height)}>
            <g class={format!("cell c{}", cell.layer % TONES)} role="button" tabindex="0"
                aria-label={format!("{label}: go to its line")}
                onclick={Action::GoToPlace(span).on(act)} onkeydown={press}>
                <title>{ label }</title>
                <rect width="100%" height="100%" />
                if area.width >= ROOM.0 && area.height >= ROOM.1 {
                    <text x="8" y="18">{ cell.what.to_owned() }</text>
                    <text x="8" y="34">{ format::bytes(cell.size.likely) }</text>
                }
            </g>
        </svg>
    }
}

/// Buttons that copy a picture and its table.
pub fn copies(
    picture: &Callback<(), Option<String>>,
    markdown: String,
    act: &Callback<Action>,
) -> Html {
    let drawn = |copy: fn(Rc<str>) -> Action| {
        let picture = picture.clone();
        act.reform(move |_| match picture.emit(()) {
            Some(picture) => copy(picture.into()),
            None => Action::Toast(Some("There is no picture".into())),
        })
    };
    let svg = drawn(|picture| Action::Copy(picture, "Picture copied"));
    let table = Action::Copy(markdown.into(), "Table copied as Markdown").on(act);
    html! {
        <div class="row copies">
            <button type="button" class="button small" onclick={svg}>{ "Copy as SVG" }</button>
            <button type="button" class="button small" onclick={drawn(Action::CopyPicture)}>
                { "Copy as PNG" }
            </button>
            <button type="button" class="button small" onclick={table}>{ "Copy as Markdown" }</button>
        </div>
    }
}
