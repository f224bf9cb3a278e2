//! The menu of examples. The browser's own popovers open, close and keep the focus right.

use yew::{Callback, Html, Properties, component, html};

use crate::components::icons;
use crate::examples;
use crate::state::Action;

/// Properties of [`ExamplesMenu`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ExamplesMenuProps {
    /// Where actions go.
    pub act: Callback<Action>,
}

/// A button and the list that it opens.
#[component]
pub fn ExamplesMenu(props: &ExamplesMenuProps) -> Html {
    html! {
        <>
            <button type="button" class="button" popovertarget="examples" id="examples-button">
                { icons::book() }<span>{ "Examples" }</span>
            </button>
            <div id="examples" popover="auto" class="popover examples" aria-labelledby="examples-button">
                <ul role="list">
                    { for examples::all().enumerate().map(|(index, example)| html! {
                        <li>
                            <button type="button" class="example" popovertarget="examples"
                                popovertargetaction="hide"
                                onclick={props.act.reform(move |_| Action::LoadExample(index))}>
                                <strong>{ example.title }</strong>
                                <span>{ example.lesson }</span>
                            </button>
                        </li>
                    }) }
                </ul>
                <p class="hint">{ "Replaces the text in the editor. Undo brings yours back." }</p>
            </div>
        </>
    }
}
