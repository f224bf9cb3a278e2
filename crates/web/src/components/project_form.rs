//! What the Dockerfile cannot say and the user may.

use engine::Project;
use yew::{Callback, Event, Html, InputEvent, html};

use crate::components::draft::Draft;
use crate::format;
use crate::services::dom;
use crate::services::engine as door;
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
        let commit =
            act.reform(move |text: String| Action::Project(field(format::from_megabytes(&text))));
        megabytes(label, bytes, commit)
    };
    let answer = |label, value, field: fn(Option<bool>) -> ProjectField| {
        answer(label, value, set(act, move |text| field(yes_or_no(text))))
    };
    html! {
        <details class="project">
            <summary>
                { "Your project " }
                <span class="hint">{ told }</span>
            </summary>
            <div class="fields">
                { profiles(project, act) }
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
                { go_mod(project, act) }
            </div>
        </details>
    }
}

/// The kind of program, among those that were measured.
fn profiles(project: &Project, act: &Callback<Action>) -> Html {
    let chosen = project.profile.as_deref();
    html! {
        <label class="field">
            <span>{ "Kind of program" }</span>
            <select onchange={set(act, |name| {
                ProjectField::Profile((!name.is_empty()).then(|| name.to_owned()))
            })}>
                <option value="" selected={chosen.is_none()}>{ "not said" }</option>
                { for door::profiles().map(|(name, title)| html! {
                    <option value={name} selected={chosen == Some(name)}>{ title }</option>
                }) }
            </select>
        </label>
    }
}

/// The modules that the program requires, and which of them were measured.
fn go_mod(project: &Project, act: &Callback<Action>) -> Html {
    let oninput = act.reform(|event: InputEvent| {
        let text = dom::value_of(&event);
        Action::Project(ProjectField::GoMod((!text.trim().is_empty()).then_some(text)))
    });
    let said = project.modules().map(|modules| {
        let mut said = match modules.known.is_empty() {
            _ if modules.is_standard_library() => "It requires no module.".to_owned(),
            true => "None of its modules was measured.".to_owned(),
            false => format!("Recognised from go.mod: {}.", modules.known.join(", ")),
        };
        if !modules.unknown.is_empty() {
            said += &format!(" Not measured: {}.", modules.unknown.join(", "));
        }
        if project.binary_bytes.is_some() {
            said += " The size that you gave counts instead.";
        } else if project.profile.is_some() {
            said += " The kind that you chose counts instead.";
        }
        said
    });
    html! {
        <>
            <label class="field wide">
                <span>{ "go.mod, to recognise what the program uses" }</span>
                <textarea rows="3" spellcheck="false" autocomplete="off" {oninput}
                    placeholder="require github.com/gin-gonic/gin v1.10.0"
                    value={project.go_mod.clone().unwrap_or_default()} />
            </label>
            <p class="hint wide" aria-live="polite">{ said.unwrap_or_default() }</p>
        </>
    }
}

fn set(act: &Callback<Action>, field: impl Fn(&str) -> ProjectField + 'static) -> Callback<Event> {
    act.reform(move |event: Event| Action::Project(field(&dom::value_of(&event))))
}

fn megabytes(label: &'static str, bytes: Option<u64>, commit: Callback<String>) -> Html {
    let value = bytes.map(format::to_megabytes).unwrap_or_default();
    html! {
        <label class="field">
            <span>{ label }</span>
            <Draft inputmode="decimal" placeholder="estimated" {value} {commit} />
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
