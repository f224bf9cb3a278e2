//! The address of the page: share links and links to pages of the guide live in its fragment.

use gloo::events::EventListener;
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;
use yew::Callback;

use crate::course;
use crate::link;
use crate::services::dom;

/// What a fragment asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Nothing.
    None,
    /// To open what a share link holds.
    Link(String),
    /// To open the guide: at a page, such as `rule/no-user`, `guide/scratch` or `lesson/two-stages`,
    /// or at its contents.
    Guide(Option<String>),
}

/// Reads a fragment without its `#`.
pub fn wish(fragment: &str) -> Wish {
    match fragment.split_once('/') {
        Some(("rule" | "guide", _)) => Wish::Guide(Some(fragment.to_owned())),
        _ if course::is_lesson(fragment) => Wish::Guide(Some(fragment.to_owned())),
        _ if fragment == "guide" => Wish::Guide(None),
        _ if link::is_link(fragment) => Wish::Link(fragment.to_owned()),
        _ => Wish::None,
    }
}

/// The fragment of the address without its `#`.
pub fn fragment() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    hash.unwrap_or_default().trim_start_matches('#').to_owned()
}

/// The address of the page without fragment; in an embedded one, that of the whole playground.
pub fn base() -> String {
    let href = web_sys::window().and_then(|window| window.location().href().ok());
    let href = href.unwrap_or_default();
    let page = href.split('#').next().unwrap_or_default();
    if dom::is_embed() { folder_of(page) } else { page.to_owned() }
}

/// The address of the folder that the page is in.
pub fn folder() -> String {
    folder_of(&base())
}

fn folder_of(page: &str) -> String {
    let path = page.split('?').next().unwrap_or_default();
    path.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default()
}

/// A parameter of the address; only an embedded page has any.
pub fn parameter(name: &str) -> Option<String> {
    let search = web_sys::window().and_then(|window| window.location().search().ok())?;
    UrlSearchParams::new_with_str(&search).ok()?.get(name)
}

/// Replaces the fragment without a new entry in the history; an empty one removes it. The address of
/// an embedded page belongs to the page around it.
pub fn set_fragment(fragment: &str) {
    let window = web_sys::window().filter(|_| !dom::is_embed());
    let Some(history) = window.and_then(|window| window.history().ok()) else { return };
    let mut address = base();
    if !fragment.is_empty() {
        address.push('#');
        address.push_str(fragment);
    }
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
}

/// Calls back with each new fragment.
pub fn watch(changed: Callback<String>) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "hashchange", move |_| changed.emit(fragment())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_is_a_link_a_page_or_nothing() {
        assert_eq!(wish("1:abc"), Wish::Link("1:abc".into()));
        for page in ["rule/no-user", "guide/scratch", "lesson", "lesson/own", "lesson=a/b.md"] {
            assert_eq!(wish(page), Wish::Guide(Some(page.into())));
        }
        assert_eq!(wish("guide"), Wish::Guide(None));
        assert_eq!(wish("source"), Wish::None);
    }
}
