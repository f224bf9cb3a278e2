//! The workshop: what no key stroke needs, in a module that is loaded when it is first wanted.

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use crate::json::Json;

use ::engine::diagnostic::Edit;
use ::engine::source::Span;

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

/// Edits as the workshop writes them.
pub fn edits(answer: &str) -> Option<Vec<Edit>> {
    let one = |edit: &Json| match edit.elements() {
        [start, end, text] => {
            let at = |place: &Json| Some(place.as_u64()? as u32);
            let span = Span::new(at(start)?, at(end)?);
            Some(Edit { span, text: text.as_str()?.to_owned() })
        }
        _ => None,
    };
    Json::parse(answer)?.elements().iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
