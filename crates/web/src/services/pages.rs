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
pub fn fetch(place: &str, done: &Callback<Option<Rc<Page>>>) {
    let is_name = |ch: char| ch.is_ascii_lowercase() || ch.is_ascii_digit() || ch == '-';
    let (folder, name) = match place.split_once('/') {
        Some(("rule", name)) => ("rules", name),
        Some((_, name)) => ("guide", name),
        None => ("", ""),
    };
    if name.is_empty() || !name.chars().all(is_name) {
        return done.emit(None);
    }
    let page = |json: Option<Rc<str>>| json.and_then(|json| Page::parse(&json)).map(Rc::new);
    fetch_table(&format!("{folder}/{name}.json"), done.reform(page));
}

/// Fetches a text of the guide by its file, such as the table of the messages; `None` where that fails.
pub fn fetch_table(file: &str, done: Callback<Option<Rc<str>>>) {
    fetch_file(format!("{}/{file}", dom::folder("pages")), done);
}

/// Fetches a text by its address, relative to the page; `None` where that fails, or where it is on
/// another host.
pub fn fetch_file(address: String, done: Callback<Option<Rc<str>>>) {
    let is_beside = !address.contains([':', '\\']) && !address.starts_with('/');
    spawn_local(async move {
        let text = if is_beside { fetch_text(&address).await } else { None };
        done.emit(text.map(Rc::from));
    });
}

async fn fetch_text(address: &str) -> Option<String> {
    let response = JsFuture::from(web_sys::window()?.fetch_with_str(address)).await.ok()?;
    let response = response.dyn_into::<Response>().ok().filter(Response::ok)?;
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}
