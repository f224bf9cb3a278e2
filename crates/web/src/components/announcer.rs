//! Tells screen readers the verdict and how many problems there are, once typing pauses.

use engine::diagnostic::Level;
use engine::size::Verdict;
use gloo::timers::callback::Timeout;
use yew::{AttrValue, Html, Properties, component, html, use_effect_with, use_state_eq};

use crate::analysis::Analysis;
use crate::format;

/// Milliseconds without a change, so that typing is not talked over.
const PAUSE: u32 = 1_000;

/// Properties of [`Announcer`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct AnnouncerProps {
    /// What is to be said.
    pub text: AttrValue,
}

/// A status region that nobody sees.
#[component]
pub fn Announcer(props: &AnnouncerProps) -> Html {
    let said = use_state_eq(AttrValue::default);
    {
        let said = said.clone();
        use_effect_with(props.text.clone(), move |text| {
            let text = text.clone();
            let timer = Timeout::new(PAUSE, move || said.set(text));
            move || drop(timer)
        });
    }
    html! { <p class="sr-only" role="status">{ &*said }</p> }
}

/// The verdict in words. It has a region of its own, so that it is said only when it changes.
pub fn judged(analysis: &Analysis) -> String {
    let verdict = match analysis.report.verdict {
        _ if analysis.report.stages.is_empty() => return String::new(),
        Verdict::StartsAfterEdits => "Starts, but lacks something",
        other => format::verdict(other),
    };
    format!("Verdict: {}", verdict.to_ascii_lowercase())
}

/// How many problems there are, in words.
pub fn spoken(analysis: &Analysis) -> String {
    let counts = analysis.counts();
    let total = analysis.findings.len();
    if total == 0 {
        return "No problems".to_owned();
    }
    let levels = Level::ALL.into_iter().zip(counts).rev().filter(|(_, count)| *count > 0);
    let parts: Vec<String> = levels
        .map(|(level, count)| match level {
            Level::Error => format::plural(count, "error", "errors"),
            Level::Warning => format::plural(count, "warning", "warnings"),
            Level::Info => format!("{count} info"),
            Level::Style => format!("{count} style"),
        })
        .collect();
    format!("{}: {}", format::plural(total, "problem", "problems"), parts.join(", "))
}
