//! What the Dockerfile cannot say and the user may.

use engine::Project;
use yew::{Callback, Event, Html, html};

use crate::format;
use crate::services::dom;
use crate::state::{Action, ProjectField};

/// Platforms to choose from; another one in a link is kept and shown too.
const PLATFORMS: [&str; 2] = ["linux/amd64", "linux/arm64"];

/// The form. Each change counts at once.
pub fn project_form(project: &Project, act: &Callback<Action>) -> Html {
    let project = project;
    let set = |field: fn(&str) -> ProjectField| {
        act.reform(move |event: Event| Action::Project(field(&dom::value_of(&event))))
    };
    let told = *project != Project::default();
    html! {
        <details class="project">
            <summary>
                { "Your project" }
                <span class="hint">{ if told { "figures of yours are used" } else { "tell what the text cannot, for a better estimate" } }</span>
            </summary>
            <div class="fields">
                { megabytes("Program, MB", project.binary_bytes, set(|v| ProjectField::BinaryBytes(format::from_megabytes(v)))) }
                { megabytes("Build context, MB", project.context_bytes, set(|v| ProjectField::ContextBytes(format::from_megabytes(v)))) }
                <label class="field">
                    <span>{ "Platform" }</span>
                    <select onchange={set(|v| ProjectField::Platform((!v.is_empty()).then(|| v.to_owned())))}>
                        <option value="" selected={project.platform.is_none()}>{ "as in the text" }</option>
                        { for PLATFORMS.iter().copied().chain(project.platform.as_deref().filter(|p| !PLATFORMS.contains(p))).map(|name| html! {
                            <option value={name.to_owned()} selected={project.platform.as_deref() == Some(name)}>{ name }</option>
                        }) }
                    </select>
                </label>
                { answer("Makes HTTPS calls", project.needs_tls, set(|v| ProjectField::NeedsTls(yes_or_no(v)))) }
                { answer("Uses time zones", project.needs_time_zones, set(|v| ProjectField::NeedsTimeZones(yes_or_no(v)))) }
            </div>
        </details>
    }
}

fn megabytes(label: &'static str, bytes: Option<u64>, onchange: Callback<Event>) -> Html {
    let value = bytes.map(format::to_megabytes).unwrap_or_default();
    html! {
        <label class="field">
            <span>{ label }</span>
            <input type="text" inputmode="decimal" placeholder="estimated" {value} {onchange} />
        </label>
    }
}

fn answer(label: &'static str, value: Option<bool>, onchange: Callback<Event>) -> Html {
    let choices = [("", "not said", None), ("yes", "yes", Some(true)), ("no", "no", Some(false))];
    html! {
        <label class="field">
            <span>{ label }</span>
            <select {onchange}>
                { for choices.map(|(name, text, choice)| html! {
                    <option value={name} selected={value == choice}>{ text }</option>
                }) }
            </select>
        </label>
    }
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}
