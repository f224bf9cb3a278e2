//! Why the container would start or not: each reason with its places in all stages, its fix and the
//! page of its rule. While one is pointed at, the editor shows all its places.

use engine::diagnostic::{Applicability, Diagnostic};
use engine::size::Verdict;
use engine::source::Span;
use yew::{Callback, Html, html};

use crate::analysis::{Analysis, usable};
use crate::components::icons;
use crate::components::prose::{prose, sentence};
use crate::components::stages;
use crate::state::Action;

/// The list.
pub fn reasons(analysis: &Analysis, act: &Callback<Action>) -> Html {
    let report = &analysis.report;
    let known = report.reasons.iter().any(|reason| reason.finding.is_some());
    let beside = match report.verdict {
        Verdict::Starts => {
            "Everything that it needs to start is there. Whether the program then ends with an \
             error, only a run can tell."
        }
        Verdict::StartsAfterEdits => "It starts, and lacks this later on.",
        Verdict::Unknown if report.reasons.is_empty() => {
            "The text does not tell what the container starts."
        }
        Verdict::Unknown if !known => "This is not known. Nothing in the text speaks against it.",
        _ => "",
    };
    html! {
        <section class={format!("reasons {}", report.verdict.name())} aria-label="Will it start?">
            <ul role="list">
                { for report.reasons.iter().enumerate().map(|(index, reason)| html! {
                    <li key={index}>{ match analysis.behind(index) {
                        Some(finding) => with_places(analysis, index, finding, act),
                        None => html! { <p>{ sentence(&reason.text) }</p> },
                    } }</li>
                }) }
            </ul>
            if !beside.is_empty() {
                <p class="hint">{ beside }</p>
            }
        </section>
    }
}

fn with_places(
    analysis: &Analysis,
    index: usize,
    finding: &Diagnostic,
    act: &Callback<Action>,
) -> Html {
    let rule = finding.rule;
    let (point, leave) = (Action::Point(Some(index)), Action::Point(None));
    let fix = usable(finding).filter(|fix| fix.applicability != Applicability::Manual);
    html! {
        <div class="reason" onmouseenter={point.clone().on(act)} onmouseleave={leave.clone().on(act)}
            onfocusin={point.on(act)} onfocusout={leave.on(act)}>
            <p>{ sentence(&finding.message) }</p>
            <ul class="places" role="list">
                <li>{ place(analysis, finding.span, "", act) }</li>
                { for finding.related.iter().map(|related| html! {
                    <li>{ place(analysis, related.span, &related.message, act) }</li>
                }) }
            </ul>
            <div class="row">
                if let Some(fix) = fix {
                    <button type="button" class="button small fix"
                        onclick={Action::FixReason(index).on(act)}>
                        { icons::wand() }<span>{ prose(&fix.title) }</span>
                    </button>
                    if fix.applicability == Applicability::Unsafe {
                        <span class="tag unsafe">{ "may change the image" }</span>
                    }
                }
                <a class="button small" href={format!("#rule/{rule}")}>
                    { icons::book() }<span>{ "Why" }</span>
                </a>
            </div>
        </div>
    }
}

/// A button that leads to some words; those of the finding itself have no message of their own.
pub fn place(analysis: &Analysis, span: Span, message: &str, act: &Callback<Action>) -> Html {
    let all = &analysis.report.stages;
    let stage = all.iter().find(|stage| all.len() > 1 && stage.span.contains(span));
    let words = span.of(&analysis.text).lines().next().unwrap_or_default();
    html! {
        <button type="button" class={if message.is_empty() { "to-place" } else { "to-place also" }}
            onclick={Action::GoToPlace(span).on(act)}>
            <span class="place">
                { format!("line {}", analysis.lines.line(span.start)) }
                if let Some(stage) = stage {
                    { format!(" in {}", stages::name(all, stage.index)) }
                }
            </span>
            { " " }
            <code>{ words.to_owned() }</code>
            if !message.is_empty() {
                { " " }<span>{ prose(message) }</span>
            }
        </button>
    }
}
