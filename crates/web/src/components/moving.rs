//! The way to another base image: what has to change, and a button that does it.

use std::rc::Rc;

use engine::Project;
use yew::{Callback, Html, html};

use crate::analysis::Analysis;
use crate::components::finding_details::diff;
use crate::components::icons;
use crate::components::prose::sentences;
use crate::preview::regions;
use crate::services::engine as door;
use crate::state::Action;

/// What leads to a base of the table.
pub fn moving(
    analysis: &Analysis,
    project: &Project,
    reference: &str,
    act: &Callback<Action>,
) -> Html {
    let Ok(edit) = door::to_base(&analysis.text, project, reference) else {
        return Html::default();
    };
    let text: Rc<str> = door::edit(&analysis.text, &edit.edits).into();
    let said: Rc<str> = format!("Moved to {reference}. Undo takes it back.").into();
    html! {
        <div class="moving">
            { for regions(&analysis.text, &edit.edits).iter().map(diff) }
            { sentences(edit.notes.iter().map(String::as_str)) }
            <button type="button" class="button primary"
                onclick={Action::Replace(text, said).on(act)}>
                { icons::wand() }<span>{ "Move it there" }</span>
            </button>
        </div>
    }
}
