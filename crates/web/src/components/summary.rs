//! The strip on top: would it start, how big is it, what of it.

use engine::size::Verdict;
use yew::{Callback, Html, Properties, component, html};

use crate::analysis::Analysis;
use crate::components::icons;
use crate::components::prose::prose;
use crate::format;
use crate::state::{Action, Same, Tab};

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
    let report = &props.analysis.report;
    let size = report.estimate.as_ref().map(|estimate| estimate.size);
    let open = report.estimate.as_ref().is_some_and(|estimate| estimate.open);
    let unpacked = size.and_then(|size| size.unpacked);
    let compressed = size.and_then(|size| size.compressed);
    html! {
        <>
            if report.verdict != Verdict::Unknown {
                <p class={format!("verdict {}", report.verdict.name())}>
                    { icons::verdict(report.verdict) }
                    <strong>{ headline(report.verdict) }</strong>
                    if let Some(reason) = report.reasons.first() {
                        <span class="because">{ prose(reason) }</span>
                    }
                </p>
            }
            if let Some(range) = unpacked.or(compressed) {
                <button type="button" class="figure" onclick={props.act.reform(|_| Action::Show(Tab::Size))}>
                    { icons::layers() }
                    <span>
                        { if open { "at least " } else { "" } }<strong>{ format::bytes(range.likely) }</strong>
                        { if unpacked.is_some() { " unpacked" } else { " compressed" } }
                        if let (Some(pulled), Some(_)) = (compressed, unpacked) {
                            <span class="second">{ format!(", {} compressed", format::bytes(pulled.likely)) }</span>
                        }
                    </span>
                </button>
            }
        </>
    }
}

const fn headline(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Starts => "Starts",
        Verdict::StartsAfterEdits => "Starts after these edits",
        Verdict::WouldNotStart => "Would not start",
        Verdict::WouldNotBuild => "Would not build",
        Verdict::Unknown => "",
    }
}
