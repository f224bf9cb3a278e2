//! Pictures of the page as files of their own: what is drawn, with the colours written into it.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use crate::services::dom;

/// Colours of the light theme; the classes are those of the page.
const STYLE: &str = "<style>text{font:12px sans-serif;fill:#172027}.track{fill:#edf1f3}\
    .fill{fill:#b5d2d5}.fill.own{fill:#6fa9ae}.fill.of-base{fill:#0a6a72}.fell{fill:#c8742c}\
    .whisker{stroke:#172027}.cut{fill:none;stroke:#fff;stroke-width:2.5}\
    .cell rect{stroke:#fff}.c0 rect{fill:#cfe3e5}.c1 rect{fill:#f1e0c4}.c2 rect{fill:#d3e0f3}\
    .c3 rect{fill:#dfd6ee}.c4 rect{fill:#d0e6d9}</style>";
/// Width of a picture.
const WIDTH: u32 = 720;
/// Height of a row of bars.
const ROW: usize = 24;

#[wasm_bindgen(module = "/js/picture.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = copy)]
    async fn copy_pixels(svg: &str) -> Result<JsValue, JsValue>;
}

/// Copies a picture as pixels and says whether that worked.
pub fn copy(svg: &str, done: Callback<bool>) {
    let svg = svg.to_owned();
    spawn_local(async move { done.emit(copy_pixels(&svg).await.is_ok()) });
}

/// The picture in this element, which is one SVG.
pub fn drawing(id: &str) -> Option<String> {
    let element = dom::by_id(id)?;
    let height = element.get_attribute("height")?;
    Some(file(&height, &element.inner_html()))
}

/// The bars of a table, each row with its words at both sides.
pub fn bars(id: &str, words: &[[String; 2]]) -> Option<String> {
    let bars = dom::by_id(id)?.query_selector_all(".size-bar").ok()?;
    let mut rows = String::new();
    for (at, [title, size]) in words.iter().enumerate() {
        let bar = bars.get(at as u32).map(wasm_bindgen::JsCast::unchecked_into::<web_sys::Element>);
        let (top, middle) = (at * ROW + 5, at * ROW + 16);
        let (title, size) = (escaped(title), escaped(size));
        let bar = bar.map(|bar| bar.inner_html()).unwrap_or_default();
        rows += &format!(
            "<text x=\"0\" y=\"{middle}\">{title}</text>\
             <svg x=\"240\" y=\"{top}\" width=\"300\" height=\"14\">{bar}</svg>\
             <text x=\"{WIDTH}\" y=\"{middle}\" text-anchor=\"end\">{size}</text>"
        );
    }
    Some(file(&(words.len() * ROW).to_string(), &rows))
}

fn file(height: &str, inside: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\">\
         {STYLE}{inside}</svg>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
