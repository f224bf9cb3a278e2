//! The bar over the findings: how many there are, fixes for many of them, order and rules.

use std::rc::Rc;

use engine::diagnostic::Level;
use engine::{RuleSet, Settings};
use yew::{Event, Html, classes, html};

use crate::components::icons;
use crate::components::problems::ProblemsProps;
use crate::services::dom;
use crate::state::{Action, Many, Sort};

/// The bar.
pub fn problems_bar(props: &ProblemsProps) -> Html {
    let counts = Level::ALL.into_iter().zip(props.analysis.counts());
    html! {
        <div class="panel-bar">
            <ul class="counts" role="list" aria-label="Problems by severity">
                { for counts.rev().filter(|(_, count)| *count > 0).map(|(level, count)| html! {
                    <li class={classes!("level", level.name())}>
                        { icons::level(level) }
                        <span>
                            { count }<span class="sr-only">{ format!(" {}", level.name()) }</span>
                        </span>
                    </li>
                }) }
            </ul>
            { fixes(props) }
            { options(props) }
        </div>
    }
}

fn fixes(props: &ProblemsProps) -> Html {
    let (safe, all) = (props.analysis.fixes(Many::Safe), props.analysis.fixes(Many::All));
    let button = |many: Many, label: String, title: &'static str| {
        html! {
            <button type="button" class="button" {title}
                onclick={Action::FixMany(many).on(&props.act)}>
                { icons::wand() }<span>{ label }</span>
            </button>
        }
    };
    html! {
        <div class="row fix-all">
            if safe > 0 {
                { button(Many::Safe, format!("Fix all safe ({safe})"),
                    "Applies the fixes that lead to the same image, in one step") }
            }
            if all > safe {
                { button(Many::All, format!("Fix all, also unsafe ({all})"),
                    "Applies all fixes in one step, also those that may change the image") }
            }
        </div>
    }
}

fn options(props: &ProblemsProps) -> Html {
    let (act, settings) = (&props.act, props.settings.clone());
    let order = |sort: Sort, label: &'static str| {
        html! {
            <button type="button" aria-pressed={(props.sort == sort).to_string()}
                onclick={Action::Sort(sort).on(act)}>{ label }</button>
        }
    };
    let choose = act.reform(move |event: Event| {
        let set = RuleSet::from_name(&dom::value_of(&event)).unwrap_or_default();
        Action::Settings(Rc::new(Settings { set, ..settings.clone() }))
    });
    html! {
        <div class="row options">
            <div class="segments" role="group" aria-label="Order">
                { order(Sort::Place, "By line") }
                { order(Sort::Level, "By severity") }
            </div>
            <label class="inline-field">
                <span>{ "Rules" }</span>
                <select onchange={choose}>
                    { for RuleSet::ALL.into_iter().map(|set| html! {
                        <option value={set.name()} selected={set == props.settings.set}>
                            { set.name() }
                        </option>
                    }) }
                </select>
            </label>
            <button type="button" class="quiet"
                onclick={Action::ShowSettings(true).on(act)}>
                { icons::sliders() }<span>{ "Settings" }</span>
            </button>
        </div>
    }
}
