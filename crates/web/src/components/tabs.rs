//! The tabs over the panel; on a narrow screen they are at the bottom and the editor is one too.

use engine::diagnostic::Level;
use yew::{Callback, Html, KeyboardEvent, classes, html};

use crate::analysis::Analysis;
use crate::components::icons;
use crate::format;
use crate::services::dom;
use crate::state::{Action, State, Tab};

/// The list of tabs.
pub fn tabs(state: &State, act: &Callback<Action>) -> Html {
    let (current, narrow) = (state.tab, state.narrow);
    let shown: Vec<Tab> = match &state.embed {
        Some(embed) => embed.view.tabs(current),
        None => Tab::ALL.into_iter().filter(|tab| narrow || *tab != Tab::Editor).collect(),
    };
    if shown.len() < 2 {
        return Html::default();
    }
    let keys = {
        let (shown, act) = (shown.clone(), act.clone());
        Callback::from(move |event: KeyboardEvent| {
            let at = shown.iter().position(|tab| *tab == current).unwrap_or_default();
            let Some(target) = arrow(&event, at, shown.len()) else { return };
            act.emit(Action::Show(shown[target]));
            dom::focus(&format!("tab-{}", shown[target].name()));
        })
    };
    html! {
        <div class="tabs" role="tablist" aria-label="Views" onkeydown={keys}>
            { for shown.iter().map(|tab| one(*tab, state, act)) }
        </div>
    }
}

/// Where a key leads to in a list of `count` tabs.
pub fn arrow(event: &KeyboardEvent, at: usize, count: usize) -> Option<usize> {
    let target = match event.key().as_str() {
        "ArrowRight" => (at + 1) % count,
        "ArrowLeft" => (at + count - 1) % count,
        "Home" => 0,
        "End" => count - 1,
        _ => return None,
    };
    event.prevent_default();
    Some(target)
}

fn one(tab: Tab, state: &State, act: &Callback<Action>) -> Html {
    let selected = tab == state.tab;
    let controls = if tab == Tab::Editor { "editor" } else { "view" };
    html! {
        <button key={tab.name()} type="button" role="tab" class="tab"
            id={format!("tab-{}", tab.name())}
            aria-selected={selected.to_string()} aria-controls={controls}
            tabindex={if selected { "0" } else { "-1" }}
            onclick={Action::Show(tab).on(act)}>
            { icon(tab) }
            <span class="tab-title">{ tab.title() }</span>
            { badge(tab, &state.analysis) }
        </button>
    }
}

fn icon(tab: Tab) -> Html {
    match tab {
        Tab::Editor => icons::code(),
        Tab::Build => icons::blocks(),
        Tab::Problems => icons::problems(),
        Tab::Size => icons::layers(),
        Tab::Stages => icons::graph(),
        Tab::Checklist => icons::checklist(),
        Tab::Explain => icons::message(),
        Tab::Guide => icons::book(),
    }
}

fn badge(tab: Tab, analysis: &Analysis) -> Html {
    let (class, text) = match tab {
        Tab::Problems => (analysis.worst().map(Level::name), figure(analysis.findings.len())),
        Tab::Size => match analysis.size() {
            Some(range) => (None, format::bytes(range.likely)),
            None => return Html::default(),
        },
        Tab::Stages if !analysis.report.stages.is_empty() => {
            (None, figure(analysis.report.stages.len()))
        }
        Tab::Editor | Tab::Build | Tab::Stages | Tab::Checklist | Tab::Explain | Tab::Guide => {
            return Html::default();
        }
    };
    html! { <span class={classes!("badge", class)}>{ text }</span> }
}

/// A number that leaves room for the other tabs.
fn figure(count: usize) -> String {
    if count > 999 { "999+".to_owned() } else { count.to_string() }
}
