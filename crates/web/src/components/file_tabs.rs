//! The tabs over the editor: one for each file.

use yew::{Callback, Html, KeyboardEvent, classes, html};

use crate::components::tabs::arrow;
use crate::services::dom;
use crate::state::{Action, File, State};

/// The list of files.
pub fn file_tabs(state: &State, act: &Callback<Action>) -> Html {
    let current = state.file;
    let keys = {
        let act = act.clone();
        Callback::from(move |event: KeyboardEvent| {
            let Some(target) = arrow(&event, current as usize, File::ALL.len()) else { return };
            act.emit(Action::OpenFile(File::ALL[target]));
            dom::focus(&tab_id(File::ALL[target]));
        })
    };
    html! {
        <div class="tabs files" role="tablist" aria-label="Files" onkeydown={keys}>
            { for File::ALL.into_iter().map(|file| {
                let selected = file == current;
                let missing = file == File::Ignore && state.ignore.is_none();
                html! {
                    <button type="button" role="tab" id={tab_id(file)} aria-controls="code"
                        class={classes!("tab", missing.then_some("missing"))}
                        aria-selected={selected.to_string()}
                        tabindex={if selected { "0" } else { "-1" }}
                        onclick={Action::OpenFile(file).on(act)}>
                        { file.name() }
                        if missing { <span class="sr-only">{ " (none yet)" }</span> }
                    </button>
                }
            }) }
        </div>
    }
}

fn tab_id(file: File) -> String {
    format!("file-{}", file.id())
}
