//! The strip on top: would it start, how big is it, what of it.

use engine::size::Verdict;
use yew::{Callback, Html, html};

use crate::analysis::Analysis;
use crate::components::icons;
use crate::components::prose::sentence;
use crate::format;
use crate::state::{Action, Many, Tab};

/// The strip.
pub fn summary(analysis: &Analysis, act: &Callback<Action>) -> Html {
    let report = &analysis.report;
    let size = report.estimate.as_ref().map(|estimate| estimate.size);
    let open = report.estimate.as_ref().is_some_and(|estimate| estimate.open);
    let unpacked = size.and_then(|size| size.unpacked);
    let compressed = size.and_then(|size| size.compressed);
    html! {
        <>
            if report.verdict == Verdict::Unknown {
                <p class="hint">{ in_short(analysis) }</p>
            } else {
                <p class={format!("verdict {}", report.verdict.name())}>
                    { icons::verdict(report.verdict) }
                    <strong>{ format::headline(report.verdict) }</strong>
                    { match report.reasons.first() {
                        Some(reason) => html! { <span class="because">{ sentence(&reason.text) }</span> },
                        None => html! { <span class="because hint">{ in_short(analysis) }</span> },
                    } }
                </p>
            }
            if let Some(range) = unpacked.or(compressed) {
                <button type="button" class="figure"
                    onclick={act.reform(|_| Action::Show(Tab::Size))}>
                    { icons::layers() }
                    <span>
                        { if open { "at least " } else { "" } }
                        <strong>{ format::bytes(range.likely) }</strong>
                        { if unpacked.is_some() { " unpacked" } else { " compressed" } }
                        if let (Some(pulled), Some(_)) = (compressed, unpacked) {
                            <span class="second">
                                { format!(", {} compressed", format::bytes(pulled.likely)) }
                            </span>
                        }
                    </span>
                </button>
            }
        </>
    }
}

/// Stands where the verdict or its reason would.
fn in_short(analysis: &Analysis) -> String {
    let count = analysis.findings.len();
    match (count, analysis.fixes(Many::Safe)) {
        (0, _) if analysis.report.stages.is_empty() => "Type or paste a Dockerfile.".to_owned(),
        (0, _) => "No problems found.".to_owned(),
        (_, 0) => format!("{} found.", format::plural(count, "problem", "problems")),
        (_, safe) => format!(
            "{} found, {safe} of which can be fixed at once.",
            format::plural(count, "problem", "problems")
        ),
    }
}
