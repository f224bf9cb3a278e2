//! The bar over the editor.

use std::rc::Rc;

use yew::{Callback, Html, html};

use crate::components::icons;
use crate::state::{Action, File, State};

/// Buttons for the whole text.
pub fn editor_bar(state: &State, act: &Callback<Action>) -> Html {
    let (done, clear, clear_title) = match state.file {
        File::Dockerfile => ("Dockerfile copied", "Clear", "Start with an empty text"),
        File::Ignore => (".dockerignore copied", "Remove", "Do without a .dockerignore"),
    };
    let copy = Action::Copy(Rc::clone(&state.sheet().text), done).on(act);
    html! {
        <>
            if state.file == File::Dockerfile {
                <button type="button" class="quiet" aria-keyshortcuts="Shift+Alt+F"
                    title="Blanks, case and indents into order (Shift+Alt+F)"
                    onclick={Action::Format.on(act)}>
                    { icons::indent() }<span>{ "Format" }</span>
                </button>
            }
            <button type="button" class="quiet" onclick={copy} title="Copy the whole text">
                { icons::copy() }<span>{ "Copy" }</span>
            </button>
            <button type="button" class="quiet reset" onclick={Action::Reset.on(act)}
                title="Back to the example last chosen">
                { icons::reset() }<span>{ "Reset" }</span>
            </button>
            <button type="button" class="quiet" onclick={Action::Clear.on(act)}
                title={clear_title}>
                { icons::trash() }<span>{ clear }</span>
            </button>
        </>
    }
}
