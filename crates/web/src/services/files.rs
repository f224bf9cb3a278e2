//! Files on the user's own disk: what he saves, and what he opens. Nothing goes over the network.

use gloo::timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, DragEvent, Event, File, HtmlAnchorElement, HtmlInputElement, Url,
};
use yew::Callback;

use crate::services::dom;

/// Milliseconds until the browser surely has taken over what is saved.
const TAKEN: u32 = 10_000;

/// Saves a text as the browser saves downloads; says whether that worked.
pub fn save(name: &str, text: &str) -> bool {
    try_save(name, text).is_some()
}

fn try_save(name: &str, text: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    // Of a text, browsers would end the name in `.txt`.
    options.set_type("application/octet-stream");
    let parts = Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let link = dom::document()?.create_element("a").ok()?.dyn_into::<HtmlAnchorElement>().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Timeout::new(TAKEN, move || drop(Url::revoke_object_url(&address))).forget();
    Some(())
}

/// Reads the file that was chosen in an input of the page.
pub fn read(event: &Event, done: Callback<String>) {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = input else { return };
    let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
    // The same file may be chosen again after it was changed.
    read_file(&file, done);
    input.set_value("");
}

/// Whether files are dragged or dropped.
pub fn has_files(event: &Event) -> bool {
    let data = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
    data.is_some_and(|data| data.types().includes(&JsValue::from_str("Files"), 0))
}

/// Reads the first file that was dropped.
pub fn read_dropped(event: &Event, done: Callback<String>) {
    let data = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
    let file = data.and_then(|data| data.files()).and_then(|files| files.get(0));
    if let Some(file) = file {
        read_file(&file, done);
    }
}

fn read_file(file: &File, done: Callback<String>) {
    let text = file.text();
    spawn_local(async move {
        if let Some(text) = JsFuture::from(text).await.ok().and_then(|text| text.as_string()) {
            done.emit(text);
        }
    });
}
