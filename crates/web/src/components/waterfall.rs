//! From the image of today to the smallest one, saving by saving. The list of savings beside it says
//! the same.

use engine::size::Savings;
use engine::source::Span;
use yew::{Callback, Html, html};

use crate::components::picture::copies;
use crate::components::prose::capital;
use crate::format;
use crate::parts;
use crate::services::picture;
use crate::state::{Action, Measure};

/// Identifier of the picture.
const WATERFALL: &str = "waterfall";

/// Characters of a title that stand beside a bar of a picture.
const ROOM: usize = 34;

/// One bar: from where to where it reaches, in bytes.
struct Step<'s> {
    title: String,
    size: String,
    bar: [u64; 2],
    place: Option<&'s Span>,
}

/// The picture; a bar leads to the words that it is about.
pub fn waterfall(found: &Savings, measure: Measure, act: &Callback<Action>) -> Html {
    let likely = |size| measure.of(size).map_or(0, |range| range.likely);
    let (before, after) = (likely(found.before), likely(found.after));
    let mut level = before;
    let mut steps = vec![whole("Today", before)];
    for saving in &found.each {
        let saved = measure.saved(saving.next);
        let rest = level.saturating_sub(saved);
        steps.push(Step {
            // What is done to it, "remove them", says little without what there is to save.
            title: capital(if saving.base.is_some() { &saving.title } else { &saving.why })
                .replace('`', ""),
            size: format!("−{}", format::bytes(saved)),
            bar: [rest, level],
            place: Some(&saving.span),
        });
        level = rest;
    }
    steps.push(whole("With all of it", after));
    let words: Vec<[String; 2]> =
        steps.iter().map(|step| [step.title.clone(), step.size.clone()]).collect();
    let markdown = parts::steps_markdown(&words, measure);
    let words: Vec<[String; 2]> =
        words.into_iter().map(|[title, size]| [short(&title), size]).collect();
    html! {
        <>
            <ol class="waterfall" id={WATERFALL} role="list"
                aria-label={format!("From today to the smallest image, {}", measure.name())}>
                { for steps.iter().map(|step| row(step, before, act)) }
            </ol>
            { copies(&Callback::from(move |()| picture::bars(WATERFALL, &words)), markdown, act) }
        </>
    }
}

/// As much of a title as stands beside a bar of a picture.
fn short(title: &str) -> String {
    match title.char_indices().nth(ROOM) {
        Some((end, _)) => format!("{}…", title[..end].trim_end()),
        None => title.to_owned(),
    }
}

fn whole(title: &str, bytes: u64) -> Step<'static> {
    let (title, size) = (title.to_owned(), format::bytes(bytes));
    Step { title, size, bar: [0, bytes], place: None }
}

fn row(step: &Step<'_>, scale: u64, act: &Callback<Action>) -> Html {
    let [from, to] = step.bar;
    let class = if step.place.is_some() { "fell" } else { "fill of-base" };
    let inside = html! {
        <>
            <span class="bar-title">{ &step.title }</span>
            <strong class="number bar-size">{ &step.size }</strong>
            <svg class="size-bar" width="100%" height="14" aria-hidden="true" focusable="false">
                <rect class="track" x="0" y="3" width="100%" height="8" rx="2" />
                <rect {class} x={format::percent(from, scale)} y="3" height="8" rx="2"
                    width={format::percent((to - from).max(scale / 160), scale)} />
            </svg>
        </>
    };
    html! {
        <li>
            { match step.place {
                Some(place) => {
                    let place = *place;
                    html! {
                        <button type="button" class="step"
                            onclick={Action::GoToPlace(place).on(act)}>
                            { inside }
                        </button>
                    }
                }
                None => html! { <div class="step">{ inside }</div> },
            } }
        </li>
    }
}
