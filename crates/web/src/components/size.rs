//! How big the image will be.

use engine::Project;
use engine::size::{Estimate, Fleet};
use yew::{Callback, Html, Properties, classes, component, html};

use crate::analysis::Analysis;
use crate::components::bases::Bases;
use crate::components::consequences::{claims, consequences};
use crate::components::icons;
use crate::components::layers::layers;
use crate::components::project_form::project_form;
use crate::components::savings::SavingsList;
use crate::format;
use crate::state::{Action, Measure, Same};

/// Properties of [`SizePanel`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct SizePanelProps {
    /// What is known of the text.
    pub analysis: Same<Analysis>,
    /// What the user told of the project.
    pub project: Project,
    /// How the image is used.
    pub fleet: Fleet,
    /// Which size the charts show.
    pub measure: Measure,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The panel.
#[component]
pub fn SizePanel(props: &SizePanelProps) -> Html {
    let report = &props.analysis.report;
    let Some(estimate) = &report.estimate else {
        return html! {
            <div class="empty">
                { icons::layers() }
                <h2>{ "No image yet" }</h2>
                <p>{ "The estimate appears with the first FROM." }</p>
            </div>
        };
    };
    html! {
        <div class="size">
            <div class="figures" role="group" aria-label="Size of the final image">
                { for Measure::ALL.map(|measure| figure(props, estimate, measure)) }
            </div>
            { project_form(&props.project, &props.act) }
            <section aria-labelledby="bases-title">
                <h2 id="bases-title" tabindex="-1">{ "The same program on other bases" }</h2>
                <Bases analysis={props.analysis.clone()} project={props.project.clone()}
                    measure={props.measure} act={props.act.clone()} />
            </section>
            <section aria-labelledby="savings-title">
                <SavingsList analysis={props.analysis.clone()} project={props.project.clone()}
                    measure={props.measure} act={props.act.clone()} />
            </section>
            <section aria-labelledby="layers-title">
                <h2 id="layers-title">{ "Layers of this image" }</h2>
                { layers(estimate, props.measure, &props.act) }
            </section>
            <section aria-labelledby="costs-title">
                <h2 id="costs-title">{ "What the size costs" }</h2>
                { consequences(estimate, &props.fleet, props.measure, &props.act) }
            </section>
            { claims() }
        </div>
    }
}

fn figure(props: &SizePanelProps, estimate: &Estimate, measure: Measure) -> Html {
    let (title, what) = match measure {
        Measure::Unpacked => ("Unpacked", "on disk, as docker images shows it"),
        Measure::Compressed => ("Compressed", "in the registry, as a pull transfers it"),
        Measure::Disk => ("Disk usage", "what Docker 29 keeps: both, in blocks of 4 KiB"),
    };
    // The third size is shown to whoever asks for it: it is an estimate from the other two.
    let shown = measure != Measure::Disk || props.measure == measure;
    let range = measure.of(estimate.size);
    let at_least = if estimate.open { "≥ " } else { "" };
    let value = range.map_or_else(
        || "unknown".to_owned(),
        |range| format!("{at_least}{}", format::bytes(range.likely)),
    );
    let spread = match range {
        None => "the base is not known".to_owned(),
        Some(range) if estimate.open => {
            format!("{}, and parts of unknown size", format::between(range))
        }
        Some(range) => format::between(range),
    };
    html! {
        <button type="button" class={classes!("figure-card", (measure == Measure::Disk).then_some("third"), (!shown).then_some("closed"))}
            aria-pressed={(props.measure == measure).to_string()}
            onclick={Action::Measure(measure).on(&props.act)}>
            <span class="figure-title">{ title }</span>
            if shown {
                <span class="figure-value">{ value }</span>
                <span class="figure-range">{ spread }</span>
            }
            <span class="figure-what">{ what }</span>
        </button>
    }
}
