//! One row per base image: how big the image would be there, and whether it would start.

use engine::Project;
use engine::size::{BaseRow, Estimate};
use yew::{Callback, Html, Properties, UseStateHandle, classes, component, html, use_state_eq};

use crate::analysis::Analysis;
use crate::components::icons;
use crate::components::moving::moving;
use crate::components::picture::copies;
use crate::components::project_form::PLATFORMS;
use crate::components::prose::sentences;
use crate::components::size_bar::{scale, size_bar};
use crate::services::engine::order;
use crate::services::picture;
use crate::state::{Action, Measure, ProjectField, Same};
use crate::{format, parts};

/// Identifier of the table.
const TABLE: &str = "bases";

/// Properties of [`Bases`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct BasesProps {
    /// What is known of the text.
    pub analysis: Same<Analysis>,
    /// What the user told of the project.
    pub project: Project,
    /// Which size is shown.
    pub measure: Measure,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The table, smallest first.
#[component]
pub fn Bases(props: &BasesProps) -> Html {
    let open = use_state_eq(|| None::<String>);
    let rows = props.analysis.bases();
    if rows.is_empty() {
        let why = "What ships is not known well enough to move it to another base.";
        return html! { <p class="hint">{ why }</p> };
    }
    let measure = props.measure;
    let estimate = props.analysis.report.estimate.as_ref();
    let size = |row: &BaseRow| measure.of(row.size);
    let sorted = order(rows.iter().map(|row| size(row).map_or(u64::MAX, |range| range.likely)));
    let sorted: Vec<&BaseRow> = sorted.into_iter().filter_map(|at| rows.get(at)).collect();
    let table = Table {
        measure,
        scale: scale(rows.iter().map(size)),
        program: parts::program(estimate, measure),
        more: estimate.is_some_and(|estimate: &Estimate| estimate.open),
        open: &open,
        analysis: &props.analysis,
        project: &props.project,
        act: &props.act,
    };
    let cut = rows.iter().any(|row| size(row).is_some_and(|range| range.likely > table.scale));
    let markdown = parts::bases_markdown(&sorted, measure, table.more);
    let words: Vec<[String; 2]> = sorted
        .iter()
        .map(|row| [row.title.clone(), parts::at_least(size(row), table.more)])
        .collect();
    html! {
        <>
            { platforms(&props.project, &props.act) }
            <table class="bases" id={TABLE}>
                <thead>
                    <tr>
                        <th scope="col">{ "Base" }</th>
                        <td></td>
                        <th scope="col" class="number">{ format!("Image, {}", measure.name()) }</th>
                        <th scope="col">{ "Verdict" }</th>
                    </tr>
                </thead>
                { for sorted.iter().map(|row| base(row, &table)) }
            </table>
            <p class="hint key">
                { for [("fill of-base", "base"), ("fill own", "program"), ("fill", "other parts")]
                    .map(|(class, what)| html! {
                        <span>
                            <svg width="10" height="10" aria-hidden="true" focusable="false">
                                <rect {class} width="10" height="10" rx="2" />
                            </svg>
                            { what }
                        </span>
                    }) }
                { "The thin line over a bar is the range of the estimate." }
                if cut { { " A bar with a cut is longer than the scale." } }
                if table.more { { " ≥: parts of unknown size come on top." } }
            </p>
            { copies(&Callback::from(move |()| picture::bars(TABLE, &words)), markdown, &props.act) }
        </>
    }
}

/// What all rows share.
struct Table<'t> {
    measure: Measure,
    scale: u64,
    program: u64,
    more: bool,
    open: &'t UseStateHandle<Option<String>>,
    analysis: &'t Analysis,
    project: &'t Project,
    act: &'t Callback<Action>,
}

/// The switch for the platform; the form has it too, among the rest of what the text does not tell.
fn platforms(project: &Project, act: &Callback<Action>) -> Html {
    let now = project.platform.as_deref().unwrap_or(PLATFORMS[0]);
    html! {
        <div class="segments" role="group" aria-label="Platform"
            title="Unless FROM names a platform of its own">
            { for PLATFORMS.map(|name| html! {
                <button type="button" aria-pressed={(name == now).to_string()}
                    onclick={act.reform(move |_| {
                        Action::Project(ProjectField::Platform(Some(name.to_owned())))
                    })}>
                    { name }
                </button>
            }) }
        </div>
    }
}

fn base(row: &BaseRow, table: &Table<'_>) -> Html {
    let range = table.measure.of(row.size);
    let unfolded = table.open.as_ref() == Some(&row.reference);
    let toggle = {
        let (open, reference) = (table.open.clone(), row.reference.clone());
        Callback::from(move |_| open.set((!unfolded).then(|| reference.clone())))
    };
    let alone = table.measure.of(row.base).map_or(0, |base| base.likely);
    let ends = [alone, alone + table.program].map(|end| end.min(range.map_or(0, |r| r.likely)));
    html! {
        <tbody key={row.reference.clone()} class={classes!(row.current.then_some("current"))}>
            <tr>
                <th scope="row">
                    <button type="button" class="base-title" onclick={toggle}
                        aria-expanded={unfolded.to_string()}>
                        { icons::chevron() }
                        <span>{ &row.title }
                            if row.current { <span class="tag now">{ "now" }</span> }
                        </span>
                    </button>
                </th>
                <td class="bar-cell">{ size_bar(range, ends, table.scale, row.current) }</td>
                <td class="number">
                    <strong>{ parts::at_least(range, table.more) }</strong>
                    if let Some(range) = range.filter(|range| range.low < range.high) {
                        <span class="range">{ format::range(range) }</span>
                    }
                </td>
                <td class="verdict-cell">
                    <span class={format!("chip {}", row.verdict.name())}>
                        { icons::verdict(row.verdict) }<span>{ format::verdict(row.verdict) }</span>
                    </span>
                </td>
            </tr>
            if unfolded {
                <tr class="why">
                    <td colspan="4">
                        <p><code>{ &row.reference }</code></p>
                        if row.movable {
                            { moving(table.analysis, table.project, &row.reference, table.act) }
                        } else {
                            { sentences(row.reasons.iter().map(String::as_str)) }
                        }
                        <p class="hint">{ alone_and_source(row) }</p>
                    </td>
                </tr>
            }
        </tbody>
    }
}

fn alone_and_source(row: &BaseRow) -> String {
    let (unpacked, compressed) = (row.base.unpacked, row.base.compressed);
    format!(
        "Base alone: {} unpacked, {} compressed. Source: {}",
        format::likely(unpacked),
        format::likely(compressed),
        row.source
    )
}
