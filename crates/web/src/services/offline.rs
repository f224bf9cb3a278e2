//! The service worker that keeps the page for use without a network.

use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use yew::Callback;

#[wasm_bindgen(module = "/js/offline.js")]
extern "C" {
    #[wasm_bindgen(js_name = watch)]
    fn watch_worker(ready: &Closure<dyn FnMut()>);

    /// Reloads the page in its new version.
    pub fn update();
}

/// Starts the worker where there is one; `ready` is called when a new version waits.
pub fn watch(ready: Callback<()>) {
    let ready = Closure::<dyn FnMut()>::new(move || ready.emit(()));
    watch_worker(&ready);
    // It lives as long as the page.
    ready.forget();
}
