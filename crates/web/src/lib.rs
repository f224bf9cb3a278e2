//! The page: a Yew application over the engine.
//!
//! The state and everything that can be reckoned without a browser is pure and tested natively;
//! only `services` touches the browser, and only `services::engine` calls the engine.

pub mod analysis;
pub mod app;
pub mod components;
pub mod course;
pub mod embed;
pub mod examples;
pub mod exercise;
pub mod form;
pub mod format;
pub mod json;
pub mod learn;
pub mod link;
pub mod page;
pub mod paint;
pub mod parts;
pub mod preview;
pub mod recognised;
pub mod saved;
pub mod search;
pub mod services;
pub mod start;
pub mod state;
pub mod treemap;

use std::rc::Rc;

use app::{App, AppProps, StartState};
use gloo::timers::future::TimeoutFuture;
use services::address::Wish;
use services::{address, dom, editor::Editor};
use state::{State, Tab};
use wasm_bindgen_futures::spawn_local;

/// What the static page shows until the application hangs its parts there.
const PLACES: [&str; 9] = [
    "view",
    "tabs",
    "summary",
    "toolbar",
    "files",
    "editor-bar",
    "editor-status",
    "paper",
    "embed-bar",
];

/// Starts the application on the static page, a piece in each task: browsers compile a function when
/// it is first called, and all of that at once would keep a slow phone from scrolling and typing.
pub fn run() {
    std::panic::set_hook(Box::new(|info| {
        dom::report_crash(&info.to_string());
    }));
    let (Some(editor), Some(root)) = (Editor::find(), dom::by_id("app")) else { return };
    spawn_local(async move {
        start::warm_up(&editor).await;
        let start = StartState(Rc::new(first_state(&editor)));
        TimeoutFuture::new(0).await;
        for id in PLACES {
            if let Some(place) = dom::by_id(id) {
                dom::clear(&place);
            }
        }
        yew::Renderer::<App>::with_root_and_props(root, AppProps { editor, start }).render();
    });
}

fn first_state(editor: &Editor) -> State {
    let mut state = start::begin(editor);
    if dom::is_embed() {
        state = start::embedded(state);
        editor.set_readonly(state.is_readonly());
    }
    if let Wish::Guide(place) = address::wish(&address::fragment()) {
        state.guide.open = place.map(Rc::from);
        state.tab = Tab::Guide;
    }
    state
}
