//! What an error message means, and where this Dockerfile causes it.

use std::rc::Rc;

use engine::diagnostic::{Applicability, Diagnostic, Fix};
use engine::explain::{Explanation, Place};
use yew::{AttrValue, Callback, Html, InputEvent, Properties, component, html};

use crate::analysis::Analysis;
use crate::components::icons;
use crate::components::prose::{prose, sentence};
use crate::format;
use crate::services::dom;
use crate::state::{Action, Same};

/// Messages to try, each with what it is about.
const EXAMPLES: [(&str, &str); 3] = [
    ("The program is not found", "exec /server: no such file or directory"),
    (
        "A source is missing",
        "ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref \
         m1x::k2y: \"/go.sum\": not found",
    ),
    ("The time zone is unknown", "panic: unknown time zone Europe/Madrid"),
];
/// Longer quotes of a message are cut off.
const LONGEST_QUOTE: usize = 300;
/// How many rules are named where none of them finds anything.
const MOST_RULES: usize = 3;

/// Properties of [`ExplainPanel`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ExplainPanelProps {
    /// What is known of the text.
    pub analysis: Same<Analysis>,
    /// What was pasted.
    pub message: AttrValue,
    /// Whether the table of messages could be fetched, once that is known.
    pub table: Option<bool>,
    /// What the message means.
    pub found: Same<Vec<Explanation>>,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The panel.
#[component]
pub fn ExplainPanel(props: &ExplainPanelProps) -> Html {
    let act = &props.act;
    let typed = act.reform(|event: InputEvent| Action::Message(dom::value_of(&event).into()));
    let is_empty = props.message.trim().is_empty();
    html! {
        <div class="explain">
            <label class="field">
                <span>{ "Paste an error message" }</span>
                <textarea id="explain-message" rows="5" spellcheck="false" autocomplete="off"
                    autocapitalize="off" aria-describedby="explain-hint"
                    value={props.message.clone()} oninput={typed} />
            </label>
            <p class="hint" id="explain-hint">
                { "Of docker build, docker run, Compose or the program itself. A whole log will do." }
            </p>
            <p class="sr-only" role="status">{ spoken(props) }</p>
            if is_empty {
                { examples(act) }
            } else {
                <div id="explanations" class="explanations" tabindex="-1" role="group"
                    aria-label="Explanations">
                    { match props.table {
                        None => loading(),
                        Some(false) => html! {
                            <p>{ "The list of messages could not be fetched. Show another panel and come back to try again." }</p>
                        },
                        Some(true) if props.found.is_empty() => loading(),
                        Some(true) => {
                            props.found.iter().map(|found| one(props, found)).collect()
                        }
                    } }
                </div>
            }
        </div>
    }
}

fn loading() -> Html {
    html! { <p class="hint">{ "Loading…" }</p> }
}

fn spoken(props: &ExplainPanelProps) -> String {
    match props.found.first() {
        Some(first) if !props.message.trim().is_empty() => {
            let count = format::plural(props.found.len(), "explanation", "explanations");
            format!("{count}: {}", first.title.replace('`', ""))
        }
        _ => String::new(),
    }
}

fn examples(act: &Callback<Action>) -> Html {
    html! {
        <div class="empty">
            { icons::message() }
            <h2>{ "What does it mean?" }</h2>
            <p>{ "The message is recognised, its cause is looked up in this Dockerfile, and the fix is offered. Nothing is sent anywhere." }</p>
            <div class="row">
                { for EXAMPLES.into_iter().map(|(title, message)| html! {
                    <button type="button" class="button" title={message}
                        onclick={Action::Message(message.into()).on(act)}>
                        { title }
                    </button>
                }) }
            </div>
        </div>
    }
}

fn one(props: &ExplainPanelProps, found: &Explanation) -> Html {
    let known = found.kind != "unknown";
    let quote = found.span.of(&props.message);
    let end = quote.char_indices().nth(LONGEST_QUOTE).map_or(quote.len(), |(at, _)| at);
    let here = !found.places.is_empty() || !found.findings.is_empty();
    html! {
        <article key={found.kind.clone()} class="explanation prose">
            <h2>{ prose(&found.title) }</h2>
            if known {
                <p class="quote"><code>{ quote[..end].to_owned() }</code></p>
            }
            <p>{ prose(&found.cause) }</p>
            if here {
                <h3>{ "In this Dockerfile" }</h3>
                <ul role="list" class="places">
                    { for found.findings.iter().map(|cause| finding(props, cause)) }
                    { for found.places.iter().map(|at| place(props, at)) }
                </ul>
            }
            if let Some(otherwise) = &found.otherwise {
                <p>{ if known { "Nothing in this Dockerfile explains it. " } else { "" } }
                    { prose(otherwise) }</p>
            }
            <h3>{ "What to do" }</h3>
            <ul>{ for found.steps.iter().map(|step| html! { <li>{ prose(step) }</li> }) }</ul>
            if found.findings.is_empty() && !found.rules.is_empty() {
                <p class="hint">
                    { "Rules about it: " }
                    { for found.rules.iter().take(MOST_RULES).enumerate().map(|(index, rule)| html! {
                        <>
                            { if index > 0 { ", " } else { "" } }
                            <a href={format!("#rule/{rule}")}>{ *rule }</a>
                        </>
                    }) }
                </p>
            }
        </article>
    }
}

/// A finding of a rule: to its place, the fix, and the page.
fn finding(props: &ExplainPanelProps, cause: &Diagnostic) -> Html {
    let line = props.analysis.lines.line(cause.span.start);
    let (span, rule) = (cause.span, cause.rule);
    html! {
        <li class="place-row">
            <button type="button" class="place-main"
                onclick={Action::GoToPlace(span).on(&props.act)}>
                { icons::mark(cause.level) }
                <span>{ sentence(&cause.message) }</span>
                <span class="place"><span class="sr-only">{ "line " }</span>{ line }</span>
            </button>
            { fix_button(cause.fix.as_ref(), &props.act) }
            <a class="button small" href={format!("#rule/{rule}")} title={rule}>
                { icons::book() }<span>{ "Why" }</span>
            </a>
        </li>
    }
}

/// Words of the message, found in the Dockerfile.
fn place(props: &ExplainPanelProps, at: &Place) -> Html {
    let text = at.span.of(&props.analysis.text);
    let first = text.lines().next().unwrap_or_default();
    let short: String = first.chars().take(60).collect();
    let cut = if short.len() < text.len() { "…" } else { "" };
    let line = props.analysis.lines.line(at.span.start);
    let span = at.span;
    html! {
        <li class="place-row">
            <button type="button" class="place-main"
                onclick={Action::GoToPlace(span).on(&props.act)}>
                <span><code>{ format!("{short}{cut}") }</code>{ " " }{ sentence(&at.message) }</span>
                <span class="place"><span class="sr-only">{ "line " }</span>{ line }</span>
            </button>
            { fix_button(at.fix.as_ref(), &props.act) }
        </li>
    }
}

fn fix_button(fix: Option<&Fix>, act: &Callback<Action>) -> Html {
    let usable = |fix: &&Fix| !fix.edits.is_empty() && fix.applicability != Applicability::Manual;
    let Some(fix) = fix.filter(usable) else { return Html::default() };
    let title = match fix.applicability {
        Applicability::Safe => fix.title.replace('`', ""),
        _ => format!("{} (may change the image)", fix.title.replace('`', "")),
    };
    html! {
        <button type="button" class="button small fix" aria-label={format!("Fix: {title}")} {title}
            onclick={Action::FixPlace(Rc::new(fix.clone())).on(act)}>
            { icons::wand() }<span>{ "Fix" }</span>
        </button>
    }
}
