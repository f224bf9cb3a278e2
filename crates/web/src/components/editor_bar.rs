//! The bar over the editor.

use std::rc::Rc;

use yew::{Callback, Html, Properties, component, html};

use crate::components::icons;
use crate::state::Action;

/// Properties of [`EditorBar`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct EditorBarProps {
    /// The text in the editor.
    pub text: Rc<str>,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// Buttons for the whole text.
#[component]
pub fn EditorBar(props: &EditorBarProps) -> Html {
    let act = &props.act;
    let text = Rc::clone(&props.text);
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
