//! A page of the guide as elements; its text never becomes markup.

use std::rc::Rc;

use yew::virtual_dom::VTag;
use yew::{Callback, Html, classes, html};

use crate::components::code::colored;
use crate::components::icons;
use crate::components::prose::sentence;
use crate::page::{Node, Page};
use crate::state::Action;

/// Heading and blocks.
pub fn guide_page(page: &Page, act: &Callback<Action>) -> Html {
    html! {
        <div class="prose">
            <h2 class="page-title">{ &page.title }</h2>
            { blocks(page, act) }
        </div>
    }
}

/// Only the blocks.
pub fn blocks(page: &Page, act: &Callback<Action>) -> Html {
    inside(&page.blocks, act)
}

fn node(node: &Node, act: &Callback<Action>) -> Html {
    match node {
        Node::Text(text) => html! { { text.clone() } },
        Node::Element { tag: "pre", attribute, children } => {
            let text: String = children.iter().map(Node::text).collect();
            code(attribute.as_deref().unwrap_or_default(), &text, act)
        }
        Node::Element { tag: "table", children, .. } => html! {
            <div class="table" tabindex="0" role="group" aria-label="Table">
                <table>{ inside(children, act) }</table>
            </div>
        },
        Node::Element { tag: "a", attribute, children } => match attribute {
            Some(href) if href.starts_with('#') => {
                html! { <a href={href.clone()}>{ inside(children, act) }</a> }
            }
            Some(href) => html! {
                <a href={href.clone()} target="_blank" rel="noopener noreferrer">
                    { inside(children, act) }
                </a>
            },
            None => html! { <span>{ inside(children, act) }</span> },
        },
        Node::Element { tag: tag @ ("pair" | "half"), children, .. } => {
            html! { <div class={*tag}>{ inside(children, act) }</div> }
        }
        Node::Element { tag: "span", attribute, children } => html! {
            <span class="fig" title={attribute.clone()}>{ inside(children, act) }</span>
        },
        // Headings of a page stand under its title.
        Node::Element { tag: "h2", children, .. } => html! { <h3>{ inside(children, act) }</h3> },
        Node::Element { tag: "h3", children, .. } => html! { <h4>{ inside(children, act) }</h4> },
        Node::Element { tag, children, .. } => {
            let mut element = VTag::new(*tag);
            element.add_children(children.iter().map(|child| self::node(child, act)));
            element.into()
        }
    }
}

fn inside(children: &[Node], act: &Callback<Action>) -> Html {
    children.iter().map(|child| node(child, act)).collect()
}

fn code(lang: &str, text: &str, act: &Callback<Action>) -> Html {
    let kind = lang.split([' ', ',']).next().unwrap_or_default();
    match kind {
        "findings" => html! {
            <ul class="findings" role="list" aria-label="What the playground says">
                { for text.lines().filter(|line| !line.trim().is_empty()).map(finding) }
            </ul>
        },
        "open" => opener(text, act),
        "recipe" => recipe(text, act),
        "verdict" => html! { <p class="hint">{ text.to_owned() }</p> },
        "fragment" => listing(colored(text, &[])),
        "dockerfile" | "fixed" => {
            // `dockerfile after 3,5`: what it is, and the lines that its counterpart does not have.
            let mut words = lang.split(' ').skip(1);
            let (label, class) = match (kind, words.next()) {
                ("fixed", _) => ("after the fix", "safe"),
                (_, Some("ok")) => ("fine", "safe"),
                (_, Some("before")) => ("before", "unsafe"),
                (_, Some("after")) => ("after", "safe"),
                _ => ("", ""),
            };
            let numbers = words.next().unwrap_or_default().split(',');
            let marked: Vec<usize> = numbers.filter_map(|line| line.parse().ok()).collect();
            html! {
                <figure class={classes!("example-code", (class == "unsafe").then_some("is-before"))}>
                    <figcaption>
                        if !label.is_empty() { <span class={classes!("tag", class)}>{ label }</span> }
                        { opener(text, act) }
                    </figcaption>
                    { listing(colored(text, &marked)) }
                </figure>
            }
        }
        _ => listing(html! { { text.to_owned() } }),
    }
}

fn opener(text: &str, act: &Callback<Action>) -> Html {
    let example: Rc<str> = format!("{}\n", text.trim_end_matches('\n')).into();
    html! {
        <button type="button" class="quiet"
            onclick={Action::LoadText(example).on(act)}>
            { icons::code() }<span>{ "Open in editor" }</span>
        </button>
    }
}

/// Opens the form of the builder with a recipe.
fn recipe(text: &str, act: &Callback<Action>) -> Html {
    html! {
        <button type="button" class="quiet" onclick={Action::NewRecipe(text.into()).on(act)}>
            { icons::blocks() }<span>{ "Open in the form" }</span>
        </button>
    }
}

/// Code. It may be wider than the panel, so the keyboard has to reach it.
pub fn listing(content: Html) -> Html {
    html! { <pre tabindex="0" role="group" aria-label="Example"><code>{ content }</code></pre> }
}

/// `1:6-1:12 warning untagged-base: message`; a line of another shape is shown as it is.
fn finding(line: &str) -> Html {
    let parts = line.split_once(' ').and_then(|(place, rest)| {
        let (level, rest) = rest.split_once(' ')?;
        let (_, message) = rest.split_once(": ")?;
        Some((
            place.split('-').next()?.to_owned(),
            engine::diagnostic::Level::from_name(level)?,
            message,
        ))
    });
    match parts {
        Some((place, level, message)) => html! {
            <li>
                { icons::mark(level) }
                <span>{ sentence(message) }</span>
                <span class="place">{ place }</span>
            </li>
        },
        None => html! { <li><code>{ line.to_owned() }</code></li> },
    }
}
