//! What the size means for those who pull, store and run the image, and how others compare.

use engine::size::{Estimate, Fleet, Range};
use yew::{Callback, Html, html};

use crate::components::draft::Draft;
use crate::format;
use crate::services::engine as door;
use crate::state::{Action, Measure};

/// A figure of the user: its label, its value and the one that writes it.
type Figure = (&'static str, u64, fn(&mut Fleet, u64));

/// Most that a figure may be.
const MOST: u64 = 1_000_000;

/// The figures, what follows from them, and other stacks.
pub fn consequences(
    estimate: &Estimate,
    fleet: &Fleet,
    measure: Measure,
    act: &Callback<Action>,
) -> Html {
    let figures: [Figure; 5] = [
        ("Download, Mbit/s", fleet.megabits, |fleet, value| fleet.megabits = value),
        ("Images on this base", fleet.images, |fleet, value| fleet.images = value),
        ("Versions of each", fleet.tags, |fleet, value| fleet.tags = value),
        ("Nodes", fleet.nodes, |fleet, value| fleet.nodes = value),
        ("New versions a day", fleet.pulls, |fleet, value| fleet.pulls = value),
    ];
    html! {
        <>
            <div class="fields narrow">{ for figures.map(|figure| field(figure, *fleet, act)) }</div>
            { results(estimate, fleet) }
            <h3>{ "The smallest HTTP service of other languages" }</h3>
            { stacks(estimate, measure) }
        </>
    }
}

fn field((label, value, write): Figure, fleet: Fleet, act: &Callback<Action>) -> Html {
    let commit = act.reform(move |text: String| {
        let mut fleet = fleet;
        if let Ok(value) = text.trim().parse::<u64>() {
            write(&mut fleet, value.min(MOST));
        }
        Action::Fleet(fleet)
    });
    html! {
        <label class="field">
            <span>{ label }</span>
            <Draft inputmode="numeric" value={value.to_string()} {commit} />
        </label>
    }
}

fn results(estimate: &Estimate, fleet: &Fleet) -> Html {
    let Some(found) = door::consequences(estimate, fleet) else {
        return html! { <p class="hint">{ "The compressed size is not known." }</p> };
    };
    let more = if estimate.open { "≥ " } else { "" };
    let result = |what: &str, range: Range, show: fn(u64) -> String, why: String| {
        let (low, high) = (show(range.low), show(range.high));
        html! {
            <tr>
                <th scope="row">{ what.to_owned() }<span class="range">{ why }</span></th>
                <td class="number">
                    <strong>{ format!("{more}{}", show(range.likely)) }</strong>
                    if low != high { <span class="range">{ format!("{low} – {high}") }</span> }
                </td>
            </tr>
        }
    };
    let Fleet { images, tags, nodes, pulls, .. } = fleet;
    html! {
        <table class="costs">
            <tbody>
                { result("First pull", found.first_pull, format::time,
                    "a node that has no layer yet; unpacking comes on top".to_owned()) }
                { result("Pull of a new version", found.next_pull, format::time,
                    "the base is there already".to_owned()) }
                { result("Registry", found.stored, format::bytes,
                    format!("{images} images × {tags} versions: compressed, and the base stored once")) }
                { result("Registry without sharing", found.stored_alone, format::bytes,
                    "if no two images shared a layer".to_owned()) }
                { result("Pulled in a day", found.daily, format::bytes,
                    format!("{nodes} nodes × {pulls} new versions")) }
            </tbody>
        </table>
    }
}

fn stacks(estimate: &Estimate, measure: Measure) -> Html {
    let size = |size| html! { <strong>{ format::likely(measure.of(size)) }</strong> };
    html! {
        <table class="costs">
            { head(measure.name()) }
            <tbody class="current">
                { row("This image", size(estimate.size), "") }
            </tbody>
            { for door::stacks().iter().map(|stack| html! {
                <tbody>
                    { row(stack.title, size(stack.size()), &format::bytes(stack.claimed.into())) }
                    { note(&format!(
                        "{} with {}. Guides say it of {}. Source: {}, {}.",
                        stack.base, stack.adds, stack.claimed_for, stack.source, stack.date
                    )) }
                </tbody>
            }) }
        </table>
    }
}

/// What guides say of base images, beside the catalogue.
pub fn claims() -> Html {
    html! {
        <details class="project">
            <summary>
                { "Claimed and measured " }
                <span class="hint">{ "what guides say of base images" }</span>
            </summary>
            <table class="costs">
                { head(Measure::Unpacked.name()) }
                { for door::claims().iter().map(|claim| {
                    let [low, high] = claim.claimed.map(u64::from);
                    let size = claim.size();
                    let likely = |measure: Measure| format::likely(measure.of(size));
                    html! {
                        <tbody>
                            { row(
                                claim.reference,
                                html! { <strong>{ likely(Measure::Unpacked) }</strong> },
                                &format::range(Range { low, likely: low, high }),
                            ) }
                            { note(&format!(
                                "{} compressed, {} disk usage: {}.",
                                likely(Measure::Compressed),
                                likely(Measure::Disk),
                                claim.why
                            )) }
                        </tbody>
                    }
                }) }
            </table>
        </details>
    }
}

fn head(measured: &str) -> Html {
    html! {
        <thead>
            <tr>
                <td></td>
                <th scope="col" class="number">{ measured.to_owned() }</th>
                <th scope="col" class="number">{ "Guides say" }</th>
            </tr>
        </thead>
    }
}

fn row(title: &'static str, measured: Html, claimed: &str) -> Html {
    html! {
        <tr>
            <th scope="row">{ title }</th>
            <td class="number">{ measured }</td>
            <td class="number">{ claimed.to_owned() }</td>
        </tr>
    }
}

/// A line about the row above.
fn note(text: &str) -> Html {
    html! { <tr><td colspan="3" class="hint">{ text.to_owned() }</td></tr> }
}
