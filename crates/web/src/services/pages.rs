//! Fetches pages of the guide from beside the application; nothing else is ever fetched.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Response;
use yew::Callback;

use crate::page::Page;
use crate::services::dom;

/// Fetches a page by its place, such as `rule/no-user` or `guide/scratch`; `None` where there is none
/// or it cannot be read.
pub fn fetch(place: &str, done: Callback<Option<Rc<Page>>>) {
    let is_name = |ch: char| ch.is_ascii_lowercase() || ch.is_ascii_digit() || ch == '-';
    let (folder, name) = match place.split_once('/') {
        Some(("rule", name)) => ("rules", name),
        Some((_, name)) => ("guide", name),
        None => ("", ""),
    };
    if name.is_empty() || !name.chars().all(is_name) {
        return done.emit(None);
    }
    let file = format!("{folder}/{name}.json");
    spawn_local(async move {
        let page = fetch_text(&file).await.and_then(|json| Page::parse(&json));
        done.emit(page.map(Rc::new));
    });
}

/// Fetches a table, such as that of the messages; `None` where that fails.
pub fn fetch_table(name: &'static str, done: Callback<Option<Rc<str>>>) {
    spawn_local(async move {
        done.emit(fetch_text(name).await.map(Rc::from));
    });
}

async fn fetch_text(file: &str) -> Option<String> {
    let url = format!("{}/{file}", dom::folder("pages"));
    let response = JsFuture::from(web_sys::window()?.fetch_with_str(&url)).await.ok()?;
    let response = response.dyn_into::<Response>().ok().filter(Response::ok)?;
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}
