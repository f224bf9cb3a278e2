//! What to see to before the image ships, judged against this Dockerfile.

use std::rc::Rc;

use engine::Project;
use engine::checklist::{Item, State};
use engine::diagnostic::Applicability;
use yew::{Callback, Html, Properties, classes, component, html, use_memo};

use crate::analysis::{Analysis, usable};
use crate::components::icons;
use crate::components::prose::{prose, sentence};
use crate::services::engine as door;
use crate::state::{Action, Same};

/// Properties of [`Checklist`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ChecklistProps {
    /// What is known of the text.
    pub analysis: Same<Analysis>,
    /// What the user told of the project.
    pub project: Project,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// What a button says, what is said afterwards, and what it copies.
type Copy = (&'static str, &'static str, fn(&[Item]) -> String);

/// The panel.
#[component]
pub fn Checklist(props: &ChecklistProps) -> Html {
    let key = (props.analysis.clone(), props.project.clone());
    let items = use_memo(key, |(analysis, project)| door::checklist(analysis, project));
    if items.is_empty() {
        return html! {
            <div class="empty">
                { icons::checklist() }
                <h2>{ "Nothing to ship yet" }</h2>
                <p>{ "The list is judged once there is a stage, so begin with FROM." }</p>
            </div>
        };
    }
    let (done, applies) = door::checklist_score(&items);
    let copies: [Copy; 3] = [
        ("Copy as Markdown", "The list is copied as Markdown.", door::checklist_markdown),
        ("Badge as SVG", "The badge is copied as SVG.", |items| {
            door::checklist_badge(items, false)
        }),
        ("Badge as Markdown", "The badge is copied as Markdown.", |items| {
            door::checklist_badge(items, true)
        }),
    ];
    let copy = |(label, said, write): Copy| {
        let items = Rc::clone(&items);
        let copied = props.act.reform(move |_| Action::Copy(write(&items).into(), said));
        html! {
            <button type="button" class="button small" onclick={copied}>
                { icons::copy() }<span>{ label }</span>
            </button>
        }
    };
    html! {
        <div class="checklist">
            <div class="row">
                <h2>{ "Ready to ship" }</h2>
                <span class={classes!("tag", (done == applies).then_some("safe"))}>
                    { format!("{done} of {applies}") }
                </span>
            </div>
            <div class="row">{ for copies.into_iter().map(copy) }</div>
            <ul role="list">
                { for items.iter().map(|item| one(item, props)) }
            </ul>
        </div>
    }
}

fn one(item: &Item, props: &ChecklistProps) -> Html {
    let (icon, label) = match item.state {
        State::Done => (icons::check(), "Done"),
        State::Missing => (icons::cross(), "Missing"),
        State::NotApplicable => (icons::dash(), "Does not apply"),
        State::Unknown => (icons::question(), "Cannot be told from the text"),
    };
    let line = |start| props.analysis.lines.line(start);
    html! {
        <li key={item.point.name} class={classes!("point", item.state.name())}>
            <span class="stand">{ icon }<span class="sr-only">{ label }</span></span>
            <div>
                <h3>{ item.point.title }</h3>
                if item.findings.is_empty() {
                    <p>{ sentence(&item.why) }</p>
                }
                { for item.findings.iter().map(|found| finding(found, line(found.span.start), &props.act)) }
                <p class="row">
                    if let (Some(span), true) = (item.span, item.findings.is_empty()) {
                        <button type="button" class="text-button"
                            onclick={Action::GoToPlace(span).on(&props.act)}>
                            { format!("line {}", line(span.start)) }
                        </button>
                    }
                    <a href={format!("#guide/{}", item.point.chapter)}>{ "Why" }</a>
                </p>
            </div>
        </li>
    }
}

/// What stands in the way of a point: a sentence, its place and its fix.
fn finding(found: &engine::diagnostic::Diagnostic, line: u32, act: &Callback<Action>) -> Html {
    let span = found.span;
    let fix = usable(found).filter(|fix| fix.applicability != Applicability::Manual);
    html! {
        <div class="row">
            <span>{ sentence(&found.message) }</span>
            <button type="button" class="text-button"
                onclick={Action::GoToPlace(span).on(act)}>
                { format!("line {line}") }
            </button>
            if let Some(fix) = fix.cloned().map(Rc::new) {
                <button type="button" class="button small fix"
                    onclick={Action::FixPlace(Rc::clone(&fix)).on(act)}>
                    { icons::wand() }<span>{ prose(&fix.title) }</span>
                </button>
            }
        </div>
    }
}
