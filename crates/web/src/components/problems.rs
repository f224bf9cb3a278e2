//! The findings as a list: each leads to its place, and most can be fixed from here.

use std::rc::Rc;

use engine::Settings;
use engine::diagnostic::{Applicability, Level};
use engine::size::Verdict;
use yew::{Callback, Html, Properties, UseStateHandle, classes, component, html, use_state_eq};

use crate::analysis::{Analysis, Finding};
use crate::components::finding_details::finding_details;
use crate::components::icons;
use crate::components::problems_bar::problems_bar;
use crate::components::prose::{codes, sentence};
use crate::format;
use crate::services::engine::order;
use crate::state::{Action, Same, Sort, Tab};

/// How many findings are listed at once: with that many, a key stroke was painted within 80 ms in
/// Chromium; all of some thousands take seconds.
const STEP: usize = 200;

/// Properties of [`Problems`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ProblemsProps {
    /// What is known of the text.
    pub analysis: Same<Analysis>,
    /// The unfolded finding.
    pub open: Option<usize>,
    /// The finding at the caret.
    pub at_caret: Option<usize>,
    /// Order of the list.
    pub sort: Sort,
    /// How the rules behave.
    pub settings: Settings,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The panel.
#[component]
pub fn Problems(props: &ProblemsProps) -> Html {
    let analysis = &props.analysis;
    let findings = &analysis.findings;
    let limit = use_state_eq(|| STEP);
    let shown = order(findings.iter().map(|finding| match props.sort {
        Sort::Place => 0,
        Sort::Level => Level::Error as u64 - finding.diagnostic.level as u64,
    }));
    html! {
        <>
            { problems_bar(props) }
            <div id="problems-list" class="problems" role="group" aria-label="Problems"
                tabindex="-1">
                if shown.is_empty() {
                    { nothing(analysis, &props.settings, &props.act) }
                } else {
                    <ol role="list">
                        // The one that is open is there, however far behind.
                        { for shown.into_iter().enumerate()
                            .filter(|(at, index)| at < &*limit || props.open == Some(*index))
                            .map(|(_, index)| problem(props, index)) }
                    </ol>
                    { more(&limit, findings.len()) }
                }
                { silenced(&props.settings, &props.act) }
            </div>
        </>
    }
}

/// Lists some more, where there are any.
fn more(limit: &UseStateHandle<usize>, count: usize) -> Html {
    if count <= **limit {
        return Html::default();
    }
    let show = {
        let limit = limit.clone();
        Callback::from(move |_| limit.set(*limit + STEP))
    };
    html! {
        <p class="row more-problems">
            <span>{ format!("The first {} of {count}.", **limit) }</span>
            <button type="button" class="button small" onclick={show}>
                { format!("Show {STEP} more") }
            </button>
        </p>
    }
}

/// What is off, and the way back.
fn silenced(settings: &Settings, act: &Callback<Action>) -> Html {
    if settings.ignored.is_empty() {
        return Html::default();
    }
    let with = |ignored: Vec<String>| {
        let settings = Rc::new(Settings { ignored, ..settings.clone() });
        Action::Settings(settings).on(act)
    };
    let without =
        |name: &String| settings.ignored.iter().filter(|other| *other != name).cloned().collect();
    let count = format::plural(settings.ignored.len(), "rule is off", "rules are off");
    html! {
        <details class="silenced">
            <summary>{ icons::mute() }<span>{ count }</span></summary>
            <ul role="list">
                { for settings.ignored.iter().map(|name| html! {
                    <li>
                        <span class="rule">{ name }</span>
                        <button type="button" class="button small" onclick={with(without(name))}
                            aria-label={format!("Turn {name} on")}>{ "Turn on" }</button>
                    </li>
                }) }
            </ul>
            if settings.ignored.len() > 1 {
                <button type="button" class="button small" onclick={with(Vec::new())}>
                    { "Turn all on" }
                </button>
            }
        </details>
    }
}

fn nothing(analysis: &Analysis, settings: &Settings, act: &Callback<Action>) -> Html {
    let (title, text) = if analysis.text.trim().is_empty() {
        (
            "Nothing to check yet",
            "Type or paste a Dockerfile, choose one of the examples, or build one by a form.",
        )
    } else if !settings.ignored.is_empty() {
        ("No problems", "Of the rules that are on, none has anything to say.")
    } else {
        ("No problems", "None of the rules has anything to say about this Dockerfile.")
    };
    html! {
        <div class="empty">
            { icons::check() }
            <h2>{ title }</h2>
            <p>{ text }</p>
            if analysis.text.trim().is_empty() {
                <button type="button" class="button primary"
                    onclick={Action::Show(Tab::Build).on(act)}>
                    { icons::blocks() }<span>{ "Build one" }</span>
                </button>
            }
        </div>
    }
}

/// What a finding makes of the image; the strip on top has all reasons together.
fn verdict(verdict: Verdict) -> Html {
    let words = match verdict {
        Verdict::Unknown => "may keep it from starting",
        Verdict::StartsAfterEdits => "missing at run time",
        other => format::verdict(other),
    };
    html! { <span class={classes!("tag", "decides", verdict.name())}>{ words }</span> }
}

fn problem(props: &ProblemsProps, index: usize) -> Html {
    let Some(finding) = props.analysis.findings.get(index) else { return Html::default() };
    let diagnostic = &finding.diagnostic;
    let (open, here) = (props.open == Some(index), props.at_caret == Some(index));
    let rule = diagnostic.rule;
    let toggle = Action::Open((!open).then_some(index)).on(&props.act);
    html! {
        <li key={format!("{index} {rule}")}
            class={classes!("problem", open.then_some("open"), here.then_some("here"))}>
            <div class="problem-head">
                <button type="button" class="problem-main"
                    onclick={Action::GoTo(index).on(&props.act)}>
                    <span class={classes!("level", diagnostic.level.name())}>
                        { icons::level(diagnostic.level) }
                        <span class="sr-only">{ format!("{}: ", diagnostic.level.name()) }</span>
                    </span>
                    <span class="problem-text">
                        <span class="message">{ sentence(&diagnostic.message) }</span>
                        <span class="origin">
                            <span class="rule">{ rule }</span>
                            { codes(diagnostic.codes) }
                            <span class="place">
                                <span class="sr-only">{ "line " }</span>
                                { format!("{}:{}", finding.start.line, finding.start.column) }
                            </span>
                            if props.analysis.decides(finding) {
                                { verdict(props.analysis.report.verdict) }
                            }
                        </span>
                    </span>
                </button>
                { fix_button(props, index, finding) }
                <button type="button" class="icon-button fold" aria-expanded={open.to_string()}
                    aria-label={format!("Details of {rule} in line {}", finding.start.line)}
                    onclick={toggle}>
                    { icons::chevron() }
                </button>
            </div>
            if open {
                { finding_details(&props.analysis, &props.settings, index, &props.act) }
            }
        </li>
    }
}

fn fix_button(props: &ProblemsProps, index: usize, finding: &Finding) -> Html {
    let Some(fix) = finding.usable_fix() else { return Html::default() };
    if fix.applicability == Applicability::Manual {
        return Html::default();
    }
    let title = match fix.applicability {
        Applicability::Safe => fix.title.replace('`', ""),
        _ => format!("{} (may change the image)", fix.title.replace('`', "")),
    };
    html! {
        <button type="button" class="button small fix" aria-label={format!("Fix: {title}")} {title}
            onclick={Action::Fix(index).on(&props.act)}>
            { icons::wand() }<span>{ "Fix" }</span>
        </button>
    }
}
