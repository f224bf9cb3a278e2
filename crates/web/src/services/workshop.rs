//! The workshop: what no key stroke needs, in a module that is loaded when it is first wanted.

use std::cell::Cell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use crate::json::Json;
use crate::state::{Action, Notice, Same, State};

use ::engine::diagnostic::Edit;

#[wasm_bindgen(module = "/js/workshop.js")]
extern "C" {
    #[wasm_bindgen(catch, variadic)]
    async fn call(name: &str, given: Vec<String>) -> Result<JsValue, JsValue>;
}

/// Milliseconds after which somebody who waits wants to know what for.
const SOON: u32 = 100;

/// Asks for an answer. `waiting` is called if it takes longer, `done` with the answer, or with none
/// where the workshop cannot be loaded.
pub fn ask<const N: usize>(
    name: &'static str,
    given: [&str; N],
    waiting: Callback<()>,
    done: Callback<Option<String>>,
) {
    let given = given.map(str::to_owned).into();
    let timer = Timeout::new(SOON, move || waiting.emit(()));
    spawn_local(async move {
        let answer = call(name, given).await;
        drop(timer);
        done.emit(answer.ok().and_then(|answer| answer.as_string()));
    });
}

/// Asks for what an action wants. The user is told if it takes longer, and may try again where the
/// workshop cannot be loaded.
pub fn want<const N: usize>(
    name: &'static str,
    given: [&str; N],
    (wanted, state): (&Action, &State),
    dispatch: &Callback<Action>,
    done: impl Fn(&str) -> Option<Action> + 'static,
) {
    if matches!(state.notice, Some(Notice::NotLoaded { .. })) {
        dispatch.emit(Action::Notice(None));
    }
    let told = Rc::new(Cell::new(false));
    let waiting = {
        let (told, dispatch) = (Rc::clone(&told), dispatch.clone());
        // The panels of the builder and of messages say so themselves.
        let silent = matches!(wanted, Action::FillForm | Action::Explain);
        Callback::from(move |()| {
            told.set(!silent);
            if !silent {
                dispatch.emit(Action::Toast(Some("Loading…".into())));
            }
        })
    };
    let (wanted, dispatch) = (Same(Rc::new(wanted.clone())), dispatch.clone());
    let done = Callback::from(move |answer: Option<String>| {
        if told.get() {
            dispatch.emit(Action::Toast(None));
        }
        let failed = || Action::Notice(Some(Notice::NotLoaded { again: wanted.clone() }));
        dispatch.emit(answer.as_deref().and_then(&done).unwrap_or_else(failed));
    });
    ask(name, given, waiting, done);
}

/// Edits as the workshop writes them.
pub fn edits(answer: &str) -> Option<Vec<Edit>> {
    crate::recognised::edits(&Json::parse(answer)?)
}

/// Pairs as the workshop writes them; none where it wrote something else.
pub fn pairs(answer: &str) -> Vec<(String, String)> {
    let pair = |pair: &Json| match pair.elements() {
        [name, text] => Some((name.as_str()?.to_owned(), text.as_str()?.to_owned())),
        _ => None,
    };
    Json::parse(answer).unwrap_or(Json::Null).elements().iter().filter_map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::engine::source::Span;

    #[test]
    fn reads_edits() {
        let read = edits(r#"[[5,9,"FROM"],[9,9,"\n"]]"#).unwrap();
        assert_eq!(
            read,
            [Edit { span: Span::new(5, 9), text: "FROM".into() }, Edit::insert(9, "\n")]
        );
        assert_eq!(edits("[]"), Some(Vec::new()));
        assert_eq!(edits("[[1]]"), None);
        assert_eq!(edits("no"), None);
    }
}
