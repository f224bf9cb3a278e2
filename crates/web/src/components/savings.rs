//! What would make the image smaller, by how much, and at what price.

use std::rc::Rc;

use engine::Project;
use engine::size::{Saving, Savings};
use gloo::timers::callback::Timeout;
use yew::{Callback, Html, Properties, component, html, use_effect_with, use_state, use_state_eq};

use crate::analysis::Analysis;
use crate::components::icons;
use crate::components::prose::{prose, sentence, sentences};
use crate::components::waterfall::waterfall;
use crate::format;
use crate::services::engine as door;
use crate::state::{Action, Measure, Same};

/// Properties of [`SavingsList`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct SavingsListProps {
    /// What is known of the text.
    pub analysis: Same<Analysis>,
    /// What the user told of the project.
    pub project: Project,
    /// Which size is shown.
    pub measure: Measure,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// Milliseconds without a key stroke until the list is reckoned again: it takes many estimates.
const PAUSE: u32 = 250;

/// The list, and what it was made from.
#[derive(Clone)]
struct Found {
    analysis: Same<Analysis>,
    project: Project,
    savings: Rc<Option<Savings>>,
}

/// The list; it is reckoned once somebody asks for it, and then in the pauses between changes.
#[component]
pub fn SavingsList(props: &SavingsListProps) -> Html {
    let open = use_state_eq(|| false);
    let found = use_state(|| None::<Found>);
    let key = (props.analysis.clone(), props.project.clone(), *open);
    {
        let (found, wait) = (found.setter(), if found.is_some() { PAUSE } else { 0 });
        use_effect_with(key, move |(analysis, project, open)| {
            let (analysis, project) = (analysis.clone(), project.clone());
            let timer = open.then(|| {
                Timeout::new(wait, move || {
                    let savings = Rc::new(door::savings(&analysis, &project));
                    found.set(Some(Found { analysis, project, savings }));
                })
            });
            move || drop(timer)
        });
    }
    let toggle = {
        let open = open.clone();
        Callback::from(move |_| open.set(!*open))
    };
    html! {
        <>
            <h2 id="savings-title">
                <button type="button" class="base-title" aria-expanded={open.to_string()} onclick={toggle}>
                    { icons::chevron() }<span>{ "What would make it smaller" }</span>
                </button>
            </h2>
            if let Some(found) = found.as_ref().filter(|_| *open) {
                { match &*found.savings {
                    Some(savings) if savings.each.is_empty() => html! {
                        <p class="hint">{ "Nothing that the text shows would make this image smaller." }</p>
                    },
                    Some(savings) => list(savings, found, props),
                    None => html! {
                        <p class="hint">{ "The size is not known well enough to say what would change it." }</p>
                    },
                } }
            }
        </>
    }
}

fn list(found: &Savings, from: &Found, props: &SavingsListProps) -> Html {
    // What was made from another text must not replace this one.
    let stale = from.analysis != props.analysis || from.project != props.project;
    let text: Rc<str> = found.text.as_str().into();
    let all = props.act.reform(move |_| {
        Action::Replace(Rc::clone(&text), "All of it is done. Undo takes it back.".into())
    });
    let measure = props.measure;
    let now = format::likely(measure.of(found.before));
    let then = format::likely(measure.of(found.after));
    html! {
        <>
            { waterfall(found, measure, &props.act) }
            <ol class="savings" aria-busy={stale.to_string()}>
                { for found.each.iter().map(|saving| item(saving, stale, from, props)) }
            </ol>
            <p class="row">
                <button type="button" class="button primary" onclick={all} disabled={stale}>
                    { icons::wand() }<span>{ "Do all of it" }</span>
                </button>
                <span>{ format!("From {now} to {then}, by the same estimate.") }</span>
            </p>
        </>
    }
}

fn item(saving: &Saving, stale: bool, from: &Found, props: &SavingsListProps) -> Html {
    let line = from.analysis.lines.line(saving.span.start);
    let text: Rc<str> = door::edit(&from.analysis.text, &saving.edits).into();
    let said: Rc<str> =
        format!("Done: {}. Undo takes it back.", saving.title.replace('`', "")).into();
    let apply = Action::Replace(text, said).on(&props.act);
    html! {
        <li>
            <p>
                <strong>{ format!("−{}", format::bytes(props.measure.saved(saving.next))) }</strong>{ " " }
                { sentence(&saving.why) }
            </p>
            <p class="hint">{ prose(&saving.title) }</p>
            { sentences(saving.price.iter().map(String::as_str)) }
            <p class="row">
                if !saving.edits.is_empty() {
                    <button type="button" class="button" onclick={apply} disabled={stale}>
                        { icons::wand() }<span>{ "Do it" }</span>
                    </button>
                }
                <button type="button" class="text-button"
                    onclick={Action::GoToLine(line).on(&props.act)}>
                    { format!("line {line}") }
                </button>
                if let Some(rule) = saving.rule {
                    <a href={format!("#rule/{rule}")}>{ rule }</a>
                }
            </p>
        </li>
    }
}
