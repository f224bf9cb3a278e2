//! The guide: a list of all rules, or the page of one.

use std::rc::Rc;

use yew::{Callback, Html, InputEvent, Properties, component, html};

use crate::components::guide_page::guide_page;
use crate::components::icons;
use crate::components::prose::codes;
use crate::services::{dom, engine};
use crate::state::{Action, Guide, Load};

/// Properties of [`GuidePanel`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct GuidePanelProps {
    /// What is open.
    pub guide: Guide,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The panel.
#[component]
pub fn GuidePanel(props: &GuidePanelProps) -> Html {
    match &props.guide.rule {
        Some(rule) => page(rule, &props.guide.page, &props.act),
        None => list(&props.guide.filter, &props.act),
    }
}

fn page(rule: &Rc<str>, load: &Load, act: &Callback<Action>) -> Html {
    let known = engine::rules().into_iter().find(|info| info.name == &**rule);
    html! {
        <article class="guide-page">
            <div class="row guide-bar">
                <button type="button" class="quiet"
                    onclick={act.reform(|_| Action::OpenRule(None))}>
                    { icons::back() }<span>{ "All rules" }</span>
                </button>
            </div>
            <p class="origin">
                if let Some(info) = &known {
                    { icons::mark(info.level) }
                    <span>{ info.level.name() }</span>
                }
                if !matches!(load, Load::Ready(page) if page.title == **rule) {
                    <span class="rule">{ &**rule }</span>
                }
                if let Some(info) = &known {
                    { codes(&info.codes) }
                }
            </p>
            { match load {
                Load::Pending => html! { <p class="hint" role="status">{ "Loading…" }</p> },
                Load::Failed => html! {
                    <p>{ "There is no page on this rule, or it could not be fetched." }</p>
                },
                Load::Ready(page) => guide_page(page, act),
            } }
        </article>
    }
}

fn list(filter: &Rc<str>, act: &Callback<Action>) -> Html {
    let words = filter.trim().to_ascii_lowercase();
    let matches = |text: &str| text.to_ascii_lowercase().contains(&words);
    let rules: Vec<_> = engine::rules()
        .into_iter()
        .filter(|rule| {
            matches(rule.name) || matches(rule.area) || rule.codes.iter().any(|code| matches(code))
        })
        .collect();
    let mut areas: Vec<&str> = Vec::new();
    for rule in &rules {
        if !areas.contains(&rule.area) {
            areas.push(rule.area);
        }
    }
    let typed = act.reform(|event: InputEvent| Action::Filter(dom::value_of(&event).into()));
    html! {
        <div class="guide-list">
            <label class="field">
                <span>{ "Find a rule" }</span>
                <input type="search" value={filter.to_string()} oninput={typed}
                    placeholder="name, subject or code such as DL3006" />
            </label>
            if rules.is_empty() {
                <p class="hint">{ "No rule has these words in its name, subject or codes." }</p>
            }
            { for areas.into_iter().map(|area| html! {
                <section key={area}>
                    <h2>{ area }</h2>
                    <ul role="list">
                        { for rules.iter().filter(|rule| rule.area == area).map(|rule| html! {
                            <li>
                                <a class="rule-link" href={format!("#rule/{}", rule.name)}>
                                    { icons::mark(rule.level) }
                                    <span class="rule">{ rule.name }</span>
                                    <span class="codes">{ codes(&rule.codes) }</span>
                                </a>
                            </li>
                        }) }
                    </ul>
                </section>
            }) }
        </div>
    }
}
