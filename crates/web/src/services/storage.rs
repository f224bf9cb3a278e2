//! The browser's storage, which may be full, forbidden (cross-site frames throw) or missing.
//!
//! Where it fails, what was to be kept stays in memory for as long as the page lives.

use std::cell::RefCell;

use engine::named::Named;
use web_sys::Storage;

use crate::services::dom;

/// Key of the draft; `static/boot.js` reads it too.
pub const DRAFT: &str = "dockerfile-playground.draft";
/// Key of the theme; `static/boot.js` reads it too.
pub const THEME: &str = "dockerfile-playground.theme";
/// Key of the width of the editor.
pub const SPLIT: &str = "dockerfile-playground.split";
/// Key of what is kept of lessons.
pub const COURSE: &str = "dockerfile-playground.course";

thread_local! {
    static MEMORY: RefCell<Named<String>> = const { RefCell::new(Named::new()) };
}

/// What is kept under a key.
pub fn get(key: &str) -> Option<String> {
    let stored = storage().and_then(|storage| storage.get_item(key).ok().flatten());
    stored.or_else(|| MEMORY.with_borrow(|memory| memory.get(key).cloned()))
}

/// Keeps a value; says whether it will survive the page.
pub fn set(key: &str, value: &str) -> bool {
    if storage().is_some_and(|storage| storage.set_item(key, value).is_ok()) {
        return true;
    }
    MEMORY.with_borrow_mut(|memory| memory.insert(key, value.to_owned()));
    false
}

/// Forgets a value.
pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
    MEMORY.with_borrow_mut(|memory| memory.remove(key));
}

/// An embedded page keeps nothing: it belongs to the page around it, and there may be many.
fn storage() -> Option<Storage> {
    if dom::is_embed() {
        return None;
    }
    web_sys::window()?.local_storage().ok().flatten()
}
