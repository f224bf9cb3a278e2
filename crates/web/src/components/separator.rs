//! The bar between editor and panel, which both pointer and keys can move.

use yew::{
    Callback, Html, KeyboardEvent, PointerEvent, component, html, use_effect_with, use_state_eq,
};

use crate::services::{dom, storage};

const LEAST: i32 = 30;
const MOST: i32 = 70;
const DEFAULT: i32 = 56;
const STEP: i32 = 2;

/// The bar.
#[component]
pub fn Separator() -> Html {
    let width = use_state_eq(|| {
        let stored = storage::get(storage::SPLIT).and_then(|text| text.parse().ok());
        stored.unwrap_or(DEFAULT).clamp(LEAST, MOST)
    });
    let dragging = use_state_eq(|| false);
    use_effect_with(*width, |width| {
        if let Some(main) = dom::by_id("main") {
            dom::set_style(&main, "--split", &format!("{width}%"));
        }
        if *width != DEFAULT {
            storage::set(storage::SPLIT, &width.to_string());
        }
    });
    let set = {
        let width = width.clone();
        move |to: i32| width.set(to.clamp(LEAST, MOST))
    };
    let keys = {
        let (set, width) = (set.clone(), *width);
        Callback::from(move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowLeft" => width - STEP,
                "ArrowRight" => width + STEP,
                "Home" => LEAST,
                "End" => MOST,
                _ => return,
            };
            event.prevent_default();
            set(to);
        })
    };
    let start = {
        let dragging = dragging.clone();
        Callback::from(move |event: PointerEvent| {
            dom::capture_pointer(&event);
            dragging.set(true);
        })
    };
    let drag = {
        let dragging = *dragging;
        Callback::from(move |event: PointerEvent| {
            if let (true, Some(percent)) = (dragging, dom::percent_of("main", event.client_x())) {
                set(percent);
            }
        })
    };
    let end = Callback::from(move |_: PointerEvent| dragging.set(false));
    html! {
        <div class="separator" role="separator" tabindex="0" aria-orientation="vertical"
            aria-label="Width of the editor" aria-valuenow={width.to_string()}
            aria-valuemin={LEAST.to_string()} aria-valuemax={MOST.to_string()} onkeydown={keys}
            onpointerdown={start} onpointermove={drag}
            onpointerup={end.clone()} onpointercancel={end}></div>
    }
}
