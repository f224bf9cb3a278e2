//! The clipboard, which may be refused.

use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::Callback;

/// Copies a text and says whether that worked.
pub fn copy(text: &str, done: Callback<bool>) {
    let Some(window) = web_sys::window() else { return done.emit(false) };
    // Without a secure context there is no clipboard, and the binding would trap on it.
    if !window.is_secure_context() {
        return done.emit(false);
    }
    let written = window.navigator().clipboard().write_text(text);
    spawn_local(async move { done.emit(JsFuture::from(written).await.is_ok()) });
}
