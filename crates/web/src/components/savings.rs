//! What would make the image smaller, by how much, and at what price.

use std::rc::Rc;

use engine::Project;
use engine::size::{Saved, Saving, Savings};
use yew::{Callback, Html, Properties, component, html, use_memo, use_state_eq};

use crate::analysis::Analysis;
use crate::components::icons;
use crate::components::prose::{prose, sentence, sentences};
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

/// The list; it is reckoned once somebody asks for it, and then with each change.
#[component]
pub fn SavingsList(props: &SavingsListProps) -> Html {
    let open = use_state_eq(|| false);
    let key = (props.analysis.clone(), props.project.clone(), *open);
    let found = use_memo(key, |(analysis, project, open)| {
        open.then(|| door::savings(analysis, project)).flatten()
    });
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
            if *open {
                { match &*found {
                    Some(found) if found.each.is_empty() => html! {
                        <p class="hint">{ "Nothing that the text shows would make this image smaller." }</p>
                    },
                    Some(found) => list(found, props),
                    None => html! {
                        <p class="hint">{ "The size is not known well enough to say what would change it." }</p>
                    },
                } }
            }
        </>
    }
}

fn list(found: &Savings, props: &SavingsListProps) -> Html {
    let text: Rc<str> = found.text.as_str().into();
    let all = props.act.reform(move |_| {
        Action::Replace(Rc::clone(&text), "All of it is done. Undo takes it back.".into())
    });
    let measure = props.measure;
    let now = format::likely(measure.of(found.before));
    let then = format::likely(measure.of(found.after));
    html! {
        <>
            <ol class="savings">
                { for found.each.iter().map(|saving| item(saving, props)) }
            </ol>
            <p class="row">
                <button type="button" class="button primary" onclick={all}>
                    { icons::wand() }<span>{ "Do all of it" }</span>
                </button>
                <span>{ format!("From {now} to {then}, by the same estimate.") }</span>
            </p>
        </>
    }
}

fn item(saving: &Saving, props: &SavingsListProps) -> Html {
    let line = props.analysis.lines.line(saving.span.start);
    let text: Rc<str> = door::edit(&props.analysis.text, &saving.edits).into();
    let said: Rc<str> =
        format!("Done: {}. Undo takes it back.", saving.title.replace('`', "")).into();
    let apply = props.act.reform(move |_| Action::Replace(Rc::clone(&text), Rc::clone(&said)));
    html! {
        <li>
            <p>
                <strong>{ format!("−{}", bytes(saving.next, props.measure)) }</strong>{ " " }
                { sentence(&saving.why) }
            </p>
            <p class="hint">{ prose(&saving.title) }</p>
            { sentences(saving.price.iter().map(String::as_str)) }
            <p class="row">
                if !saving.edits.is_empty() {
                    <button type="button" class="button" onclick={apply}>
                        { icons::wand() }<span>{ "Do it" }</span>
                    </button>
                }
                <button type="button" class="text-button"
                    onclick={props.act.reform(move |_| Action::GoToLine(line))}>
                    { format!("line {line}") }
                </button>
                if let Some(rule) = saving.rule {
                    <a href={format!("#rule/{rule}")}>{ rule }</a>
                }
            </p>
        </li>
    }
}

fn bytes(saved: Saved, measure: Measure) -> String {
    format::bytes(match measure {
        Measure::Unpacked => saved.unpacked,
        Measure::Compressed => saved.compressed,
    })
}
