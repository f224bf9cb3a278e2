//! The tabs over the panel; on a narrow screen they are at the bottom and the editor is one too.

use engine::diagnostic::Level;
use yew::{AttrValue, Callback, Html, KeyboardEvent, Properties, classes, component, html};

use crate::components::icons;
use crate::services::dom;
use crate::state::{Action, Tab};

/// Properties of [`Tabs`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct TabsProps {
    /// The shown tab.
    pub tab: Tab,
    /// Whether the editor is a tab.
    pub narrow: bool,
    /// Number of findings and the gravest level.
    pub problems: (usize, Option<Level>),
    /// Size in short.
    pub size: Option<AttrValue>,
    /// Number of stages.
    pub stages: usize,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The list of tabs.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let shown: Vec<Tab> =
        Tab::ALL.into_iter().filter(|tab| props.narrow || *tab != Tab::Editor).collect();
    let keys = {
        let (shown, act, current) = (shown.clone(), props.act.clone(), props.tab);
        Callback::from(move |event: KeyboardEvent| {
            let at = shown.iter().position(|tab| *tab == current).unwrap_or_default();
            let target = match event.key().as_str() {
                "ArrowRight" => (at + 1) % shown.len(),
                "ArrowLeft" => (at + shown.len() - 1) % shown.len(),
                "Home" => 0,
                "End" => shown.len() - 1,
                _ => return,
            };
            event.prevent_default();
            act.emit(Action::Show(shown[target]));
            dom::focus(&format!("tab-{}", shown[target].name()));
        })
    };
    html! {
        <div class="tabs" role="tablist" aria-label="Views" onkeydown={keys}>
            { for shown.iter().map(|tab| one(*tab, props)) }
        </div>
    }
}

fn one(tab: Tab, props: &TabsProps) -> Html {
    let selected = tab == props.tab;
    let controls = if tab == Tab::Editor { "editor" } else { "view" };
    html! {
        <button key={tab.name()} type="button" role="tab" id={format!("tab-{}", tab.name())} class="tab"
            aria-selected={selected.to_string()} aria-controls={controls}
            tabindex={if selected { "0" } else { "-1" }}
            onclick={props.act.reform(move |_| Action::Show(tab))}>
            { icon(tab) }
            <span class="tab-title">{ tab.title() }</span>
            { badge(tab, props) }
        </button>
    }
}

fn icon(tab: Tab) -> Html {
    match tab {
        Tab::Editor => icons::code(),
        Tab::Problems => icons::problems(),
        Tab::Size => icons::layers(),
        Tab::Stages => icons::graph(),
        Tab::Guide => icons::book(),
    }
}

fn badge(tab: Tab, props: &TabsProps) -> Html {
    match tab {
        Tab::Problems => {
            let (count, worst) = props.problems;
            html! { <span class={classes!("badge", worst.map(Level::name))}>{ count }</span> }
        }
        Tab::Size => props.size.as_ref().map_or_else(Html::default, |size| {
            html! {
                <span class="badge">{ size }</span>
            }
        }),
        Tab::Stages if props.stages > 0 => html! { <span class="badge">{ props.stages }</span> },
        _ => Html::default(),
    }
}
