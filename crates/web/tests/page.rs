//! The whole application on the static page that it is shipped with.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs)]

#[allow(dead_code, reason = "each binary uses a part of it")]
mod support;

use support::{all, document, one, text};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{DomParser, Element, Event, HtmlTextAreaElement, SupportedType};

wasm_bindgen_test_configure!(run_in_browser);

/// Puts the static page into the page of the test.
fn static_page() -> Element {
    let html = include_str!("../../../index.html");
    let parsed =
        DomParser::new().unwrap().parse_from_string(html, SupportedType::TextHtml).unwrap();
    let body = document().import_node_with_deep(&parsed.body().unwrap(), true).unwrap();
    let place = document().create_element("div").unwrap();
    while let Some(child) = body.first_child() {
        place.append_child(&child).unwrap();
    }
    document().body().unwrap().append_child(&place).unwrap();
    place
}

fn write(area: &HtmlTextAreaElement, text: &str) {
    area.set_value(text);
    area.dispatch_event(&Event::new("input").unwrap()).unwrap();
}

#[wasm_bindgen_test]
async fn the_application_takes_over_without_touching_the_text() {
    let page = static_page();
    let area: HtmlTextAreaElement = one(&page, "#source").unchecked_into();
    // Faster than the page.
    write(&area, "FROM golang:1.26 as build\n");
    web::run();
    yew::scheduler::flush().await;
    assert_eq!(area.value(), "FROM golang:1.26 as build\n");
    assert!(area.is_connected());
    // The window of the test is as low as that of a phone on its side.
    one(&page, "#tab-problems").click();
    yew::scheduler::flush().await;
    let rules = || all(&page, ".problem .rule").iter().map(|rule| text(rule)).collect::<Vec<_>>();
    assert!(rules().contains(&"from-as-casing".to_owned()), "{:?}", rules());

    write(&area, "FROM golang:1.26 AS build\n");
    yew::scheduler::flush().await;
    assert!(!rules().contains(&"from-as-casing".to_owned()));
}
