//! Small conveniences over the document. Nothing here panics: an element that is not there is
//! `None`.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Event, EventTarget, HtmlDialogElement, HtmlElement, Window};
use yew::{Callback, NodeRef};

/// Screens on which editor and panel share one place; the style sheet has the same condition.
const NARROW: &str = "(max-width: 599px), (max-height: 479px)";

/// The window.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The document.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// An element of the static page.
pub fn by_id(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// The folder beside the page that was built under this name; a build puts a hash behind it.
pub fn folder(name: &str) -> String {
    let meta = document().and_then(|it| it.query_selector("meta[name=folders]").ok().flatten());
    let names = meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default();
    let hashed = names.split_whitespace().find(|hashed| hashed.starts_with(name));
    hashed.unwrap_or(name).to_owned()
}

/// Whether this is the page that others embed, which `embed.html` says.
pub fn is_embed() -> bool {
    root().is_some_and(|root| root.has_attribute("data-embed"))
}

fn root() -> Option<Element> {
    document()?.document_element()
}

/// The value of the input, select or textarea that an event came from.
pub fn value_of(event: &Event) -> String {
    let value = event
        .target()
        .and_then(|target| js_sys::Reflect::get(&target, &JsValue::from_str("value")).ok());
    value.and_then(|value| value.as_string()).unwrap_or_default()
}

/// Opens a dialog that everything else waits for, unless it is open.
pub fn open_dialog(node: &NodeRef) {
    if let Some(dialog) = node.cast::<HtmlDialogElement>().filter(|dialog| !dialog.open()) {
        let _ = dialog.show_modal();
    }
}

/// Closes a dialog; the focus goes back to where it came from.
pub fn close_dialog(node: &NodeRef) {
    if let Some(dialog) = node.cast::<HtmlDialogElement>() {
        dialog.close();
    }
}

/// Moves the focus, without moving the page.
pub fn focus(id: &str) {
    if let Some(element) = by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Moves the focus there if what had it is gone. A frame takes it from nobody.
pub fn keep_focus(id: &str) {
    let Some(document) = document() else { return };
    let is_lost = document.active_element().is_none_or(|active| active.tag_name() == "BODY");
    if is_lost && document.has_focus().unwrap_or(false) {
        focus(id);
    }
}

/// Sets a property of the style sheet object model, which a strict policy allows, unlike a style
/// attribute.
pub fn set_style(element: &Element, name: &str, value: &str) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.style().set_property(name, value);
    }
}

/// The same for a node that Yew made.
pub fn set_node_style(node: &NodeRef, name: &str, value: &str) {
    if let Some(element) = node.cast::<Element>() {
        set_style(&element, name, value);
    }
}

/// Puts a card beside an underlined word, inside the window.
pub fn place_card(node: &NodeRef, left: i32, top: i32, bottom: i32) {
    let (Some(card), Some(root)) = (node.cast::<HtmlElement>(), root()) else { return };
    let (width, height) = (root.client_width(), root.client_height());
    let (card_width, card_height) = (card.offset_width(), card.offset_height());
    let x = left.min(width - card_width - 8).max(8);
    let fits_below = bottom + card_height + 8 <= height;
    let y = if fits_below { bottom + 4 } else { (top - card_height - 4).max(8) };
    set_style(&card, "left", &format!("{x}px"));
    set_style(&card, "top", &format!("{y}px"));
}

/// Calls back on each event of that name until the listener is dropped.
pub fn listen(
    target: &EventTarget,
    name: &'static str,
    mut run: impl FnMut(&Event) + 'static,
) -> EventListener {
    EventListener::new_with_options(
        target,
        name,
        EventListenerOptions::enable_prevent_default(),
        move |event| {
            run(event);
        },
    )
}

/// Calls back with the fragment of each link into this page that is followed, instead of changing the
/// address: an embedded page would add a step to the history of the page around it.
pub fn follow_links(follow: Callback<String>) -> Option<EventListener> {
    let document = document()?;
    Some(listen(&document, "click", move |event| {
        let link = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|element| element.closest("a[href^='#']").ok().flatten());
        if let Some(href) = link.and_then(|link| link.get_attribute("href")) {
            event.prevent_default();
            follow.emit(href.trim_start_matches('#').to_owned());
        }
    }))
}

/// The key of a keyboard event, with Ctrl (or Command), Alt and Shift before it if they are held.
/// With Alt it is the key's place that counts: on a Mac it types something else.
pub fn key_of(event: &Event) -> Option<String> {
    let event = event.dyn_ref::<web_sys::KeyboardEvent>().filter(|event| !event.is_composing())?;
    let held = [
        (event.ctrl_key() || event.meta_key(), "Ctrl+"),
        (event.alt_key(), "Alt+"),
        (event.shift_key(), "Shift+"),
    ];
    let key = if event.alt_key() { event.code() } else { event.key() };
    let names = held.into_iter().filter(|(held, _)| *held).map(|(_, name)| name);
    Some(names.chain([key.as_str()]).collect())
}

/// Whether the focus is where one types.
pub fn is_in_field() -> bool {
    const FIELD: &str = "textarea, input:not([type=checkbox], [type=radio], [type=file])";
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|element| element.matches(FIELD).unwrap_or(false))
}

/// Whether the screen is narrow now. An embedded page puts its parts over each other instead.
pub fn is_narrow() -> bool {
    let query = || window()?.match_media(NARROW).ok().flatten();
    !is_embed() && query().is_some_and(|query| query.matches())
}

/// Says when the screen becomes narrow or wide.
pub fn watch_narrow(changed: Callback<bool>) -> Option<EventListener> {
    let query = window()?.match_media(NARROW).ok().flatten().filter(|_| !is_embed())?;
    let now = query.clone();
    Some(EventListener::new(&query, "change", move |_| changed.emit(now.matches())))
}

/// Marks the page as running: the static parts that stood in for the application go.
pub fn mark_running() {
    if let Some(root) = root() {
        let _ = root.set_attribute("data-running", "");
    }
}

/// Tells the style sheet which column a narrow screen shows.
pub fn show_column(tab: &str) {
    if let Some(main) = by_id("main") {
        let _ = main.set_attribute("data-tab", tab);
    }
    if let Some(view) = by_id("view") {
        let _ = view.remove_attribute("aria-label");
        let _ = view.set_attribute("aria-labelledby", &format!("tab-{tab}"));
    }
}

/// Shows the message that the static page has for a crash, with what is known of it. The textarea
/// goes on working: it is the browser's.
pub fn report_crash(what: &str) {
    if let Some(crash) = by_id("crash") {
        let _ = crash.remove_attribute("hidden");
    }
    if let Some(details) = by_id("crash-details") {
        details.set_text_content(Some(what));
    }
    if let Some(code) = by_id("code") {
        let _ = code.remove_attribute("data-painted");
    }
}

/// Removes all children: what stood there until the application runs.
pub fn clear(element: &Element) {
    while let Some(child) = element.first_child() {
        if element.remove_child(&child).is_err() {
            return;
        }
    }
}

/// Keeps the events of a pointer coming while it is pressed, wherever it moves.
pub fn capture_pointer(event: &web_sys::PointerEvent) {
    if let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
        let _ = element.set_pointer_capture(event.pointer_id());
        event.prevent_default();
    }
}

/// Where an x in the window lies within an element, in percent of its width.
pub fn percent_of(id: &str, x: i32) -> Option<i32> {
    let area = by_id(id)?.get_bounding_client_rect();
    (area.width() > 0.0)
        .then(|| ((f64::from(x) - area.left()) / area.width() * 100.0).round() as i32)
}
