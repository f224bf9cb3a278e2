//! The settings as the configuration file that hadolint reads, to be taken away, pasted or opened.

use std::rc::Rc;

use engine::Settings;
use yew::{Callback, Event, Html, Properties, component, html, use_state_eq};

use crate::components::draft::Draft;
use crate::components::export_menu::row;
use crate::components::prose::prose;
use crate::services::{engine as door, files};
use crate::state::{Action, Export};

/// Properties of [`ConfigFile`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ConfigFileProps {
    /// The settings.
    pub settings: Settings,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The text of the file; what is written into it counts when it is left.
#[component]
pub fn ConfigFile(props: &ConfigFileProps) -> Html {
    let messages = use_state_eq(Vec::<String>::new);
    let take = {
        let (settings, messages) = (props.settings.clone(), messages.clone());
        props.act.reform(move |text: String| {
            let (settings, not_understood) = door::read_config(&text, &settings);
            messages.set(not_understood);
            Action::Settings(Rc::new(settings))
        })
    };
    let written = take.clone();
    let opened = Callback::from(move |event: Event| files::read(&event, take.clone()));
    html! {
        <details class="project wide">
            <summary>
                <code>{ ".hadolint.yaml" }</code>{ " " }
                <span class="hint">{ "take these settings away, or bring yours" }</span>
            </summary>
            <div class="fields">
                <label class="field wide">
                    <span>{ "Paste a configuration here, or copy this one" }</span>
                    <Draft rows={8} code=true commit={written} value={door::config(&props.settings)} />
                </label>
                <div class="wide" role="status">
                    if !messages.is_empty() {
                        <ul class="messages">
                            { for messages.iter().map(|text| html! { <li>{ prose(text) }</li> }) }
                        </ul>
                    }
                </div>
                <label class="field wide">
                    <span>{ "Open a file" }</span>
                    <input type="file" accept=".yaml,.yml" onchange={opened} />
                </label>
                <ul role="list" class="wide">{ row(Export::Config, &props.act) }</ul>
            </div>
        </details>
    }
}
