//! What is to be reached in an exercise or a lesson.

use yew::{Callback, Html, classes, html};

use crate::analysis::Analysis;
use crate::components::icons;
use crate::components::prose::prose;
use crate::exercise::{Aim, Exercise};
use crate::state::Action;

/// The conditions over an embedded editor, and a word when all are met.
pub fn goals(exercise: &Exercise, analysis: &Analysis, act: &Callback<Action>) -> Html {
    html! {
        <div class="goals">
            { list(exercise, analysis, act) }
            <p class="solved" role="status">
                if exercise.solved { { icons::check() }<strong>{ "Solved" }</strong> }
            </p>
        </div>
    }
}

/// Each condition and how it stands, with the way to the place that is in its way.
pub fn list(exercise: &Exercise, analysis: &Analysis, act: &Callback<Action>) -> Html {
    html! {
        <ul role="list" class="aims" aria-label="Conditions">
            { for exercise.aims.iter().map(|aim| one(aim, analysis, act)) }
        </ul>
    }
}

fn one(aim: &Aim, analysis: &Analysis, act: &Callback<Action>) -> Html {
    let reached = aim.reached();
    html! {
        <li class={classes!("goal", reached.then_some("reached"))}>
            { if reached { icons::check() } else { icons::ring() } }
            <span class="asked">
                <span class="sr-only">{ if reached { "Met: " } else { "Not yet: " } }</span>
                { prose(&aim.goal.task()) }
            </span>
            <span class="hint">{ &aim.stand.now }</span>
            if let Some(span) = aim.stand.span {
                <button type="button" class="text-button"
                    onclick={Action::GoToPlace(span).on(act)}>
                    { format!("line {}", analysis.lines.line(span.start)) }
                </button>
            }
        </li>
    }
}
