//! What is to be reached in an exercise.

use yew::{Html, classes, html};

use crate::components::icons;
use crate::exercise::{Exercise, Goal};

/// The list of goals, and a word when all are reached.
pub fn goals(exercise: &Exercise) -> Html {
    html! {
        <div class="goals">
            <ul role="list" aria-label="Exercise">{ for exercise.goals.iter().map(goal) }</ul>
            <p class="solved" role="status">
                if exercise.solved { { icons::check() }<strong>{ "Solved" }</strong> }
            </p>
        </div>
    }
}

fn goal(goal: &Goal) -> Html {
    let (task, done) = if goal.found { ("Provoke", "provoked") } else { ("Mend", "mended") };
    html! {
        <li class={classes!("goal", goal.reached.then_some("reached"))}>
            { if goal.reached { icons::check() } else { icons::ring() } }
            <span>{ if goal.reached { done } else { task } }{ " " }</span>
            <span class="rule">{ &*goal.rule }</span>
        </li>
    }
}
