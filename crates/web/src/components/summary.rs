//! The strip on top: would it start, how big is it, what of it. The verdict unfolds to its reasons.
//!
//! They unfold here and are no tab, because they are about places in the text: on a phone a tab
//! would cover the editor, and beside it, it would cover the list of problems.

use engine::size::Verdict;
use yew::{Callback, Html, Properties, component, html, use_state_eq};

use crate::analysis::Analysis;
use crate::components::icons;
use crate::components::prose::{prose, sentence};
use crate::components::reasons::reasons;
use crate::format;
use crate::state::{Action, Many, Same, Tab};

/// Properties of [`Summary`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct SummaryProps {
    /// What is known of the text.
    pub analysis: Same<Analysis>,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The strip.
#[component]
pub fn Summary(props: &SummaryProps) -> Html {
    let open = use_state_eq(|| false);
    let report = &props.analysis.report;
    let known = !report.stages.is_empty() || report.verdict != Verdict::Unknown;
    let toggle = {
        let open = open.clone();
        Callback::from(move |_| open.set(!*open))
    };
    html! {
        <>
            if known {
                <button type="button" id="verdict" class={format!("verdict {}", report.verdict.name())}
                    aria-expanded={open.to_string()} onclick={toggle}>
                    { icons::verdict(report.verdict) }
                    { in_words(&props.analysis) }
                    { icons::chevron() }
                </button>
            } else {
                <p class="hint">{ in_short(&props.analysis) }</p>
            }
            { size(&props.analysis, &props.act) }
            if known && *open {
                { reasons(&props.analysis, &props.act) }
            }
        </>
    }
}

/// The verdict with its first reason, as one sentence.
fn in_words(analysis: &Analysis) -> Html {
    let report = &analysis.report;
    let Some(first) = report.reasons.first() else {
        return html! { <strong>{ format::verdict(report.verdict) }</strong> };
    };
    let more = report.reasons.len() - 1;
    html! {
        <>
            <span class="in-words">
                <strong>{ format::headline(report.verdict) }</strong>
                { " " }
                <span class="because">{ match report.verdict {
                    Verdict::Starts => sentence(&first.text),
                    _ => prose(&first.text),
                } }</span>
            </span>
            if more > 0 {
                <span class="badge">
                    <span aria-hidden="true">{ format!("+{more}") }</span>
                    <span class="sr-only">{ format::plural(more, "more reason", "more reasons") }</span>
                </span>
            }
        </>
    }
}

fn size(analysis: &Analysis, act: &Callback<Action>) -> Html {
    let Some(estimate) = &analysis.report.estimate else { return Html::default() };
    let (unpacked, compressed) = (estimate.size.unpacked, estimate.size.compressed);
    let Some(range) = unpacked.or(compressed) else { return Html::default() };
    html! {
        <button type="button" class="figure" onclick={Action::Show(Tab::Size).on(act)}>
            { icons::layers() }
            <span>
                <strong>
                    { if estimate.open { "≥ " } else { "" } }
                    { format::bytes(range.likely) }
                </strong>
                { if unpacked.is_some() { " unpacked" } else { " compressed" } }
                if let (Some(pulled), Some(_)) = (compressed, unpacked) {
                    <span class="second">
                        { format!(", {} compressed", format::bytes(pulled.likely)) }
                    </span>
                }
            </span>
        </button>
    }
}

/// Stands where the verdict would.
fn in_short(analysis: &Analysis) -> String {
    let count = analysis.findings.len();
    match (count, analysis.fixes(Many::Safe)) {
        (0, _) => "Type or paste a Dockerfile.".to_owned(),
        (_, 0) => format!("{} found.", format::plural(count, "problem", "problems")),
        (_, safe) => format!(
            "{} found, {safe} of which can be fixed at once.",
            format::plural(count, "problem", "problems")
        ),
    }
}
