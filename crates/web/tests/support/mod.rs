//! Rendering a component into the page of the test, and looking at what comes out.

use std::cell::RefCell;
use std::rc::Rc;

use engine::{Project, Settings};
use wasm_bindgen::JsCast;
use web::analysis::Analysis;
use web::state::{Action, Same};
use web_sys::{Document, Element, HtmlElement};
use yew::{BaseComponent, Callback, Html, Properties, component};

/// The document of the test.
pub fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// Renders a component and waits until all of it is there.
pub async fn render<C: BaseComponent>(properties: C::Properties) -> Element {
    let root = document().create_element("div").unwrap();
    document().body().unwrap().append_child(&root).unwrap();
    yew::Renderer::<C>::with_root_and_props(root.clone(), properties).render();
    yew::scheduler::flush().await;
    root
}

/// Renders what a function of the view returns.
pub async fn draw(content: Html) -> Element {
    render::<Holder>(HolderProps { content }).await
}

#[derive(PartialEq, Properties)]
struct HolderProps {
    content: Html,
}

#[component]
fn Holder(props: &HolderProps) -> Html {
    props.content.clone()
}

/// The analysis of a text under the default settings.
pub fn analysis(text: &str) -> Same<Analysis> {
    Same(Rc::new(Analysis::of(text.into(), None, &Project::default(), &Settings::default())))
}

/// A callback for actions, and what it was called with.
pub fn recorder() -> (Callback<Action>, Rc<RefCell<Vec<Action>>>) {
    let actions = Rc::new(RefCell::new(Vec::new()));
    let seen = Rc::clone(&actions);
    (Callback::from(move |action| seen.borrow_mut().push(action)), actions)
}

/// All elements that a selector finds.
pub fn all(root: &Element, selector: &str) -> Vec<HtmlElement> {
    let found = root.query_selector_all(selector).unwrap();
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

/// The one element that a selector finds.
pub fn one(root: &Element, selector: &str) -> HtmlElement {
    let found = all(root, selector);
    assert_eq!(found.len(), 1, "{selector} in {}", root.outer_html());
    found.into_iter().next().unwrap()
}

/// The words of an element.
pub fn text(element: &Element) -> String {
    element.text_content().unwrap_or_default()
}
