//! A message above the editor that stays until it is answered.

use std::rc::Rc;

use engine::fix::Rejected;
use yew::{Callback, Html, html};

use crate::components::icons;
use crate::components::prose::prose;
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
        Notice::LeftOut { applied, rejected } => return left_out(*applied, rejected, act),
        Notice::NotLoaded { again } => (
            "A part of this page could not be loaded. Is the connection there?".to_owned(),
            Some(("Try again", (**again).clone())),
        ),
        Notice::LinkWaiting { saved } => (
            "You started to type before the link was opened, so your text was kept.".to_owned(),
            Some(("Open the link instead", Action::LoadSaved(Rc::clone(saved)))),
        ),
    };
    let answer = answer.map(|(label, action)| {
        html! {
            <button type="button" class="button" onclick={action.on(act)}>
                { label }
            </button>
        }
    });
    bar(html! { <><p>{ text }</p>{ for answer }</> }, act)
}

/// Says that a new version waits. The region is always there, so that it is spoken.
pub fn update_bar(waits: bool, act: &Callback<Action>) -> Html {
    html! {
        <div role="status">
            if waits {
                <div class="notice">
                    <p>{ "A new version of the playground is ready. Your text stays." }</p>
                    <button type="button" class="button" onclick={Action::Update.on(act)}>
                        { "Update" }
                    </button>
                </div>
            }
        </div>
    }
}

/// The fixes that did not go with the others, and why.
fn left_out(applied: usize, rejected: &[Rejected], act: &Callback<Action>) -> Html {
    let mut why: Vec<(&str, &str, usize)> = Vec::new();
    for Rejected { title, reason } in rejected {
        match why.iter_mut().find(|(of, ..)| of == title) {
            Some((.., count)) => *count += 1,
            None => why.push((title, reason.text(), 1)),
        }
    }
    let line = |(title, reason, count): (&str, &str, usize)| {
        html! {
            <li>
                { prose(title) }
                if count > 1 { { format!(" ({count} times)") } }
                { format!(": {reason}") }
            </li>
        }
    };
    let text = format!("{applied} applied, {} left out", rejected.len());
    bar(
        html! {
            <details class="left-out" open={why.len() < 4}>
                <summary>{ text }</summary><ul>{ for why.into_iter().map(line) }</ul>
            </details>
        },
        act,
    )
}

fn bar(content: Html, act: &Callback<Action>) -> Html {
    html! {
        <div class="notice" role="alert">
            { content }
            <button type="button" class="icon-button" aria-label="Dismiss"
                onclick={Action::Notice(None).on(act)}>
                { icons::cross() }
            </button>
        </div>
    }
}
