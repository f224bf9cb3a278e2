//! The bar over the editor.

use std::rc::Rc;

use yew::{Callback, Html, html};

use crate::components::icons;
use crate::state::Action;

/// Buttons for the whole text.
pub fn editor_bar(text: &Rc<str>, act: &Callback<Action>) -> Html {
    let text = Rc::clone(text);
    let copy = act.reform(move |_| Action::Copy(Rc::clone(&text), "Dockerfile copied"));
    html! {
        <>
            <button type="button" class="quiet" onclick={copy} title="Copy the whole text">
                { icons::copy() }<span>{ "Copy" }</span>
            </button>
            <button type="button" class="quiet" onclick={act.reform(|_| Action::Reset)}
                title="Back to the example last chosen">
                { icons::reset() }<span>{ "Reset" }</span>
            </button>
            <button type="button" class="quiet" onclick={act.reform(|_| Action::Clear)}
                title="Start with an empty text">
                { icons::trash() }<span>{ "Clear" }</span>
            </button>
        </>
    }
}
