//! Sentences of the engine: what it writes between backticks is code.

use yew::{Html, html};

/// A sentence of its own: it starts with a capital, unless with code.
pub fn sentence(text: &str) -> Html {
    prose(&capital(text))
}

/// The same as text. The tables for letters beyond ASCII would cost 14 KB.
pub fn capital(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// Words with the code among them marked as such.
pub fn prose(text: &str) -> Html {
    // Without a partner a backtick is only a backtick.
    if text.matches('`').count() % 2 == 1 {
        return html! { { text.to_owned() } };
    }
    text.split('`')
        .enumerate()
        .filter(|(_, piece)| !piece.is_empty())
        .map(|(number, piece)| {
            let piece = piece.to_owned();
            if number % 2 == 1 {
                html! { <code>{ piece }</code> }
            } else {
                html! { { piece } }
            }
        })
        .collect()
}

/// A list of sentences.
pub fn sentences<'t>(texts: impl Iterator<Item = &'t str>) -> Html {
    html! { <ul>{ for texts.map(|text| html! { <li>{ sentence(text) }</li> }) }</ul> }
}

/// Codes of other linters, each in a box.
pub fn codes(codes: &[&'static str]) -> Html {
    codes.iter().map(|code| html! { <span class="code">{ *code }</span> }).collect()
}
