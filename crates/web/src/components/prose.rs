//! Sentences of the engine: what it writes between backticks is code.

use yew::{Html, html};

/// The sentence with its code marked as such.
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
