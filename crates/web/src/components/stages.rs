//! The stages: what each builds on and copies from, and whether the final image needs it.

use engine::StageSummary;
use yew::{Callback, Html, Properties, classes, component, html};

use crate::analysis::Analysis;
use crate::components::icons;
use crate::components::stage_graph::stage_graph;
use crate::state::{Action, Same};

/// Properties of [`Stages`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct StagesProps {
    /// What is known of the text.
    pub analysis: Same<Analysis>,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The panel.
#[component]
pub fn Stages(props: &StagesProps) -> Html {
    let stages = &props.analysis.report.stages;
    if stages.is_empty() {
        return html! {
            <div class="empty">
                { icons::graph() }
                <h2>{ "No stages yet" }</h2>
                <p>{ "A stage begins with each FROM." }</p>
            </div>
        };
    }
    html! {
        <>
            <div class="stages">
                { stage_graph(stages) }
                <ol role="list">
                    { for stages.iter().map(|stage| one(stage, stages, &props.act)) }
                </ol>
            </div>
            <p class="legend hint">
                { sample("edge") }
                { "builds on" }
                { sample("edge copy") }
                { "copies from" }
            </p>
        </>
    }
}

fn sample(class: &'static str) -> Html {
    html! {
        <svg width="24" height="8" aria-hidden="true" focusable="false">
            <line {class} x1="0" x2="24" y1="4" y2="4" />
        </svg>
    }
}

fn one(stage: &StageSummary, all: &[StageSummary], act: &Callback<Action>) -> Html {
    let line = stage.line;
    let copies: Vec<String> = stage
        .uses
        .iter()
        .filter(|from| Some(**from) != stage.parent)
        .map(|from| name(all, *from))
        .collect();
    html! {
        <li key={stage.index}>
            <button type="button" class={classes!("stage", (!stage.reachable).then_some("unused"))}
                onclick={Action::GoToLine(line).on(act)}>
                <span class="stage-head">
                    <strong>{ name(all, stage.index) }</strong>
                    if stage.is_final { <span class="tag now">{ "ships" }</span> }
                    if !stage.reachable { <span class="tag">{ "not needed" }</span> }
                    <span class="place"><span class="sr-only">{ "line " }</span>{ line }</span>
                </span>
                <span class="stage-text">
                    { match (stage.parent, stage.base.is_empty()) {
                        (None, true) => "from no image yet",
                        (None, false) => "from ",
                        (Some(_), _) => "builds on ",
                    } }
                    <code>{ &stage.base }</code>
                    if !copies.is_empty() { { format!(", copies from {}", copies.join(", ")) } }
                </span>
            </button>
        </li>
    }
}

/// Its name, or where it has none, its number.
pub fn name(stages: &[StageSummary], index: usize) -> String {
    let named = stages.get(index).and_then(|stage| stage.name.clone());
    named.unwrap_or_else(|| format!("stage {index}"))
}
