//! A message above the editor that stays until it is answered.

use std::rc::Rc;

use yew::{Callback, Html, html};

use crate::components::icons;
use crate::state::{Action, Notice};

/// The message with its answers.
pub fn notice_bar(notice: Option<&Notice>, act: &Callback<Action>) -> Html {
    let Some(notice) = notice else { return Html::default() };
    let (text, answer) = match notice {
        Notice::BadLink(error) => (format!("{error}. The editor holds your own text."), None),
        Notice::LinkOpened { draft } => (
            "Opened from a link. Your own draft is kept until you edit this one.".to_owned(),
            Some(("Back to my draft", Action::LoadSaved(Rc::clone(draft)))),
        ),
        Notice::LinkWaiting { saved } => (
            "You started to type before the link was opened, so your text was kept.".to_owned(),
            Some(("Open the link instead", Action::LoadSaved(Rc::clone(saved)))),
        ),
    };
    let dismiss = act.reform(|_| Action::Notice(None));
    html! {
        <div class="notice" role="alert">
            <p>{ text }</p>
            if let Some((label, action)) = answer {
                <button type="button" class="button" onclick={act.reform(move |_| action.clone())}>
                    { label }
                </button>
            }
            <button type="button" class="icon-button" aria-label="Dismiss" onclick={dismiss}>
                { icons::cross() }
            </button>
        </div>
    }
}
