//! What a finding has beyond its sentence: the fix with its effect, the rule, other places.

use ::engine::Settings;
use ::engine::diagnostic::Applicability;
use yew::{Callback, Html, html};

use crate::analysis::Analysis;
use crate::components::icons;
use crate::components::prose::prose;
use crate::components::reasons::place;
use crate::preview::{Preview, preview};
use crate::services::engine;
use crate::state::{Action, Many};

/// Longer previews say less.
const MOST_LINES: usize = 8;

/// Fix, preview and buttons.
pub fn finding_details(
    analysis: &Analysis,
    settings: &Settings,
    index: usize,
    act: &Callback<Action>,
) -> Html {
    let Some(finding) = analysis.findings.get(index) else { return Html::default() };
    html! {
        <div class="details">
            { for finding.diagnostic.related.iter().map(|related| {
                place(analysis, related.span, &related.message, act)
            }) }
            if let Some(fix) = finding.usable_fix() {
                <p class="fix-title">
                    <strong>{ prose(&fix.title) }</strong>
                    <span class={format!("tag {}", fix.applicability.name())}>
                        { trust(fix.applicability) }
                    </span>
                </p>
                { diff(&preview(&analysis.text, &engine::apply(&analysis.text, &[fix]).text)) }
            }
            { buttons(analysis, settings, index, act) }
        </div>
    }
}

fn buttons(analysis: &Analysis, settings: &Settings, index: usize, act: &Callback<Action>) -> Html {
    let Some(finding) = analysis.findings.get(index) else { return Html::default() };
    let (rule, name) = (finding.diagnostic.rule, finding.name());
    let alike = analysis.fixes(Many::Rule(name));
    let here = !settings.disable_ignore_pragma
        && engine::silence(&analysis.text, &finding.diagnostic).is_some();
    html! {
        <div class="row">
            if finding.usable_fix().is_some() {
                <button type="button" class="button primary"
                    onclick={Action::Fix(index).on(act)}>
                    { icons::wand() }<span>{ "Apply fix" }</span>
                </button>
            }
            if alike > 1 {
                <button type="button" class="button"
                    title={format!("Applies the fixes of all findings of {name}, in one step")}
                    onclick={Action::FixMany(Many::Rule(name)).on(act)}>
                    { icons::wand() }<span>{ format!("Fix all {alike} of this rule") }</span>
                </button>
            }
            <a class="button" href={format!("#rule/{rule}")}>
                { icons::book() }<span>{ "Why" }</span>
            </a>
            if here {
                <button type="button" class="button"
                    title={format!("Silence {name} for this instruction, by a comment over it")}
                    onclick={Action::TurnOffHere(index).on(act)}>
                    { icons::mute() }<span>{ "Off here" }</span>
                </button>
            }
            <button type="button" class="button"
                title={format!("Silence {name} in the settings")}
                onclick={Action::TurnOff(name).on(act)}>
                { icons::mute() }<span>{ "Off everywhere" }</span>
            </button>
        </div>
    }
}

const fn trust(applicability: Applicability) -> &'static str {
    match applicability {
        Applicability::Safe => "same image",
        Applicability::Unsafe => "may change the image",
        Applicability::Manual => "needs your input",
    }
}

/// Lines that go, and lines that come.
pub fn diff(preview: &Preview) -> Html {
    html! {
        <pre class="diff" tabindex="0" role="group" aria-label="Lines before and after the fix">
            { for lines(&preview.before, "−", "gone") }
            { for lines(&preview.after, "+", "new") }
        </pre>
    }
}

fn lines(lines: &[String], sign: &'static str, class: &'static str) -> Vec<Html> {
    let left = lines.len().saturating_sub(MOST_LINES);
    let more = (left > 0).then(|| format!("… {left} more"));
    lines
        .iter()
        .take(MOST_LINES)
        .cloned()
        .chain(more)
        .map(|line| html! { <span {class}><span class="sign">{ sign }</span>{ line }{ "\n" }</span> })
        .collect()
}
