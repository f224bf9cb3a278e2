//! What the Dockerfile cannot say and the user may.

use engine::Project;
use yew::{Callback, Event, Html, html};

use crate::format;
use crate::services::dom;
use crate::state::{Action, ProjectField};

/// Platforms to choose from; another one in a link is kept and shown too.
pub const PLATFORMS: [&str; 2] = ["linux/amd64", "linux/arm64"];

/// The form. Each change counts at once.
pub fn project_form(project: &Project, act: &Callback<Action>) -> Html {
    let told = match *project == Project::default() {
        true => "tell what the text cannot, for a better estimate",
        false => "figures of yours are used",
    };
    let platform = project.platform.as_deref();
    let other = platform.filter(|name| !PLATFORMS.contains(name));
    let megabytes = |label, bytes, field: fn(Option<u64>) -> ProjectField| {
        megabytes(label, bytes, set(act, move |text| field(format::from_megabytes(text))))
    };
    let answer = |label, value, field: fn(Option<bool>) -> ProjectField| {
        answer(label, value, set(act, move |text| field(yes_or_no(text))))
    };
    html! {
        <details class="project">
            <summary>
                { "Your project" }
                <span class="hint">{ told }</span>
            </summary>
            <div class="fields">
                { megabytes("Program, MB", project.binary_bytes, ProjectField::BinaryBytes) }
                { megabytes("Build context, MB", project.context_bytes, ProjectField::ContextBytes) }
                <label class="field">
                    <span>{ "Platform" }</span>
                    <select onchange={set(act, |text| {
                        ProjectField::Platform((!text.is_empty()).then(|| text.to_owned()))
                    })}>
                        <option value="" selected={platform.is_none()}>{ "as in the text" }</option>
                        { for PLATFORMS.into_iter().chain(other).map(|name| html! {
                            <option value={name.to_owned()} selected={platform == Some(name)}>
                                { name }
                            </option>
                        }) }
                    </select>
                </label>
                { answer("Makes HTTPS calls", project.needs_tls, ProjectField::NeedsTls) }
                { answer("Uses time zones", project.needs_time_zones, ProjectField::NeedsTimeZones) }
            </div>
        </details>
    }
}

fn set(act: &Callback<Action>, field: impl Fn(&str) -> ProjectField + 'static) -> Callback<Event> {
    act.reform(move |event: Event| Action::Project(field(&dom::value_of(&event))))
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
