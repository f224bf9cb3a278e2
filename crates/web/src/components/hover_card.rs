//! The card beside a finding under the pointer. It waits a moment, stays while the pointer is on
//! it, and goes with Escape.

use gloo::timers::callback::Timeout;
use yew::{
    Callback, Html, Properties, component, html, use_effect_with, use_mut_ref, use_node_ref,
    use_state_eq,
};

use crate::analysis::Analysis;
use crate::components::icons;
use crate::components::prose::{codes, prose, sentence};
use crate::services::dom;
use crate::state::{Action, Hover, Same};

/// Milliseconds until the card appears.
const SHOW: u32 = 350;
/// Milliseconds that the pointer has to reach the card.
const HIDE: u32 = 250;

/// Properties of [`HoverCard`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct HoverCardProps {
    /// What is known of the text.
    pub analysis: Same<Analysis>,
    /// The finding under the pointer.
    pub hover: Option<Hover>,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The card.
#[component]
pub fn HoverCard(props: &HoverCardProps) -> Html {
    let shown = use_state_eq(|| None::<Hover>);
    let inside = use_state_eq(|| false);
    let node = use_node_ref();
    let timer = use_mut_ref(|| None::<Timeout>);
    {
        let (shown, inside) = (shown.clone(), *inside);
        use_effect_with((props.hover, inside), move |(hover, inside)| {
            let hover = *hover;
            if hover.map(|h| h.finding) == shown.map(|h| h.finding) || (hover.is_none() && *inside)
            {
                *timer.borrow_mut() = None;
            } else {
                let wait = if hover.is_some() { SHOW } else { HIDE };
                *timer.borrow_mut() = Some(Timeout::new(wait, move || shown.set(hover)));
            }
        });
    }
    {
        let shown = shown.clone();
        use_effect_with(props.analysis.clone(), move |_| shown.set(None));
    }
    {
        let (node, hover) = (node.clone(), *shown);
        use_effect_with(hover, move |hover| {
            if let Some(hover) = hover {
                dom::place_card(&node, hover.left, hover.top, hover.bottom);
            }
        });
    }
    {
        let shown = shown.clone();
        let key_up = move |event: &_| {
            if dom::key_of(event).as_deref() == Some("Escape") {
                shown.set(None);
            }
        };
        use_effect_with((), move |()| {
            let listener =
                dom::document().map(|document| dom::listen(&document, "keydown", key_up));
            move || drop(listener)
        });
    }
    let Some(hover) = *shown else { return Html::default() };
    let Some(finding) = props.analysis.findings.get(hover.finding) else { return Html::default() };
    let enter = {
        let inside = inside.clone();
        Callback::from(move |_| inside.set(true))
    };
    let leave = Callback::from(move |_| inside.set(false));
    let (index, level, rule) = (hover.finding, finding.diagnostic.level, finding.diagnostic.rule);
    html! {
        <div class="card" ref={node} onmouseenter={enter} onmouseleave={leave}>
            <p class="card-message">
                { icons::mark(level) }
                <span>{ sentence(&finding.diagnostic.message) }</span>
            </p>
            <p class="card-foot">
                <a href={format!("#rule/{rule}")}>{ rule }</a>
                { codes(finding.diagnostic.codes) }
                if let Some(fix) = finding.usable_fix() {
                    <button type="button" class="button small"
                        onclick={Action::Fix(index).on(&props.act)}>
                        { icons::wand() }<span>{ prose(&fix.title) }</span>
                    </button>
                }
            </p>
        </div>
    }
}
