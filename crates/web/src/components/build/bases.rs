//! The choice of what the program runs on, each with the size and the verdict that it leads to.

use std::cell::Cell;
use std::rc::Rc;
use std::vec::IntoIter;

use engine::Project;
use engine::size::{Range, Verdict};
use gloo::timers::callback::Timeout;
use yew::{
    Callback, Event, Html, Properties, UseStateSetter, classes, component, html, use_effect_with,
    use_state_eq,
};

use crate::components::build::field::set;
use crate::components::icons;
use crate::components::prose::prose;
use crate::form::{Choice, Field};
use crate::format;
use crate::services::{dom, engine as door, workshop};
use crate::state::Action;

/// Milliseconds after a change until the bases are compared, so that the change comes first.
const IDLE: u32 = 60;

/// Properties of [`BaseChoices`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct BaseChoicesProps {
    /// The field.
    pub field: Field,
    /// The recipe that it is of.
    pub recipe: Rc<str>,
    /// What the user told of the project.
    pub project: Project,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// What becomes of the recipe on a base.
type Outcome = (Rc<str>, Option<Range>, Verdict);

/// The list of bases. They are compared when nothing else is to do, one at a time.
#[component]
pub fn BaseChoices(props: &BaseChoicesProps) -> Html {
    let outcomes = use_state_eq(Rc::<[Outcome]>::default);
    {
        let setter = outcomes.setter();
        let key = (Rc::clone(&props.recipe), Rc::clone(&props.field.key), props.project.clone());
        use_effect_with(key, move |(recipe, key, project)| {
            // Of several comparisons under way, only the last one counts.
            let goes_on = Rc::new(Cell::new(true));
            let (recipe, key, project) = (Rc::clone(recipe), Rc::clone(key), project.clone());
            let held = Rc::clone(&goes_on);
            let timer = Timeout::new(IDLE, move || {
                let compare = Callback::from(move |answer: Option<String>| {
                    let texts = workshop::pairs(&answer.unwrap_or_default()).into_iter();
                    let comparison = Comparison {
                        texts,
                        judged: Vec::new(),
                        project: project.clone(),
                        done: setter.clone(),
                        goes_on: Rc::clone(&held),
                    };
                    comparison.step();
                });
                workshop::ask("variants", [&recipe, &key], Callback::noop(), compare);
            });
            move || {
                goes_on.set(false);
                drop(timer);
            }
        });
    }
    let id = format!("build-{}", props.field.key);
    html! {
        <div role="radiogroup" class="base-choices" aria-labelledby={format!("{id}-label")}
            aria-describedby={format!("{id}-help {id}-wrong")}>
            <span class="build-label" id={format!("{id}-label")}>{ &props.field.label }</span>
            { for props.field.choices.iter().map(|choice| {
                let outcome = outcomes.iter().find(|(value, ..)| *value == choice.value);
                base(choice, outcome, props)
            }) }
        </div>
    }
}

struct Comparison {
    /// Those that are still to be judged.
    texts: IntoIter<(String, String)>,
    judged: Vec<Outcome>,
    project: Project,
    done: UseStateSetter<Rc<[Outcome]>>,
    goes_on: Rc<Cell<bool>>,
}

impl Comparison {
    /// Judges one text, and the others later, so that no frame is missed.
    fn step(mut self) {
        if !self.goes_on.get() {
            return;
        }
        let Some((value, text)) = self.texts.next() else {
            return self.done.set(self.judged.into());
        };
        let (size, verdict) = door::judge(text, &self.project);
        self.judged.push((value.into(), size, verdict));
        Timeout::new(0, move || self.step()).forget();
    }
}

fn base(choice: &Choice, outcome: Option<&Outcome>, props: &BaseChoicesProps) -> Html {
    let chosen = choice.value == props.field.value;
    let size = outcome.map_or_else(|| "…".to_owned(), |(_, size, _)| format::likely(*size));
    let verdict = outcome.map(|(.., verdict)| *verdict).filter(|it| *it != Verdict::Starts);
    html! {
        <label key={choice.value.to_string()} class={classes!("base-choice", chosen.then_some("now"))}>
            <input type="radio" name={format!("build-{}", props.field.key)}
                value={Rc::clone(&choice.value)} checked={chosen}
                onchange={set(&props.field, &props.act).reform(|event: Event| dom::value_of(&event))} />
            <span class="base-words">
                <span>{ &choice.label }</span>
                <span class="hint">{ prose(&choice.help) }</span>
            </span>
            if let Some(verdict) = verdict {
                <span class={classes!("chip", verdict.name())}>
                    { icons::verdict(verdict) }{ format::verdict(verdict) }
                </span>
            }
            <span class="number">{ size }</span>
        </label>
    }
}
