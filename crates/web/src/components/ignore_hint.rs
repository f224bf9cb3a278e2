//! What stands in an empty `.dockerignore`: what it is for, and a way to begin one.

use yew::{Callback, Html, html};

use crate::components::icons;
use crate::state::{Action, File, State};

/// The hint; nothing once there is a text.
pub fn ignore_hint(state: &State, act: &Callback<Action>) -> Html {
    if state.file != File::Ignore || state.ignore.as_ref().is_some_and(|text| !text.is_empty()) {
        return Html::default();
    }
    let now = match state.ignore {
        Some(_) => "This one is empty, so the whole folder is sent.",
        None => "Without one, the whole folder is sent.",
    };
    html! {
        <div class="ignore-hint">
            <p>
                <code>{ ".dockerignore" }</code>
                { " lists what is not sent to the builder: what is slow to send, and what " }
                <code>{ "COPY . ." }</code>{ " must not take along. " }{ now }
            </p>
            <button type="button" class="button" onclick={Action::InsertIgnore.on(act)}>
                { icons::pencil() }<span>{ "Insert a sensible one" }</span>
            </button>
        </div>
    }
}
