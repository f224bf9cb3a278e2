//! The builder: a form whose Dockerfile is the one in the editor.

mod bases;
mod field;
mod files;

use std::rc::Rc;

use engine::Project;
use yew::{Callback, Html, Properties, component, html};

use crate::components::icons;
use crate::components::prose::prose;
use crate::form::{Form, Group};
use crate::format;
use crate::services::dom;
use crate::state::{Action, Build};
use field::form_field;

/// Properties of [`BuildPanel`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct BuildPanelProps {
    /// Whether there is no text.
    pub is_empty: bool,
    /// The form.
    pub build: Build,
    /// What the user told of the project.
    pub project: Project,
    /// Whether the `.dockerignore` in the editor is the one of the form.
    pub ignore_is_own: bool,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The panel.
#[component]
pub fn BuildPanel(props: &BuildPanelProps) -> Html {
    let act = &props.act;
    let Some(form) = &props.build.form else {
        return html! {
            <div class="empty" role="status">
                { icons::blocks() }
                <h2>{ "The form is loaded when it is first wanted" }</h2>
                <p>{ "One moment." }</p>
            </div>
        };
    };
    html! {
        <div id="build" class="build">
            { bar(props, form) }
            { own_parts(form, act) }
            { for form.groups.iter().map(|group| one(group, props)) }
            if !form.notes.is_empty() {
                <section aria-labelledby="build-notes">
                    <h2 id="build-notes">{ "See to this" }</h2>
                    <ul class="notes">
                        { for form.notes.iter().map(|note| html! { <li>{ prose(note) }</li> }) }
                    </ul>
                </section>
            }
            { files::files(form, props.ignore_is_own, act) }
            { files::commands(form, act) }
        </div>
    }
}

/// What the form has to do with the text, and a way to begin.
fn bar(props: &BuildPanelProps, form: &Form) -> Html {
    let is_empty = props.is_empty;
    let problems: usize =
        form.groups.iter().flat_map(|group| &group.fields).map(|field| field.problems.len()).sum();
    let said = match problems {
        _ if is_empty => "Choose below. Each choice is written into the editor.".to_owned(),
        0 if form.custom.is_empty() => "The editor holds what the form says.".to_owned(),
        0 => {
            let parts = format::plural(form.custom.len(), "instruction", "instructions");
            format!("The editor also holds {parts} of your own.")
        }
        _ => format!("{} in the form.", format::plural(problems, "problem", "problems")),
    };
    let (label, title) = match is_empty {
        true => ("Write it", "Writes the Dockerfile of this form into the editor"),
        false => ("New", "Replaces the text in the editor. Undo brings yours back."),
    };
    html! {
        <div class="panel-bar">
            <p class="build-status" role="status">{ said }</p>
            <button type="button" class={if is_empty { "button primary" } else { "button" }} {title}
                onclick={Action::NewRecipe(Rc::default()).on(&props.act)}>
                { icons::blocks() }<span>{ label }</span>
            </button>
            <nav class="build-nav" aria-label="Parts of the form">
                { for form.groups.iter().filter(|group| !group.fields.is_empty()).map(|group| {
                    jump(&group.label, place(group))
                }) }
                { jump("All files", "build-files".to_owned()) }
                { jump("Commands", "build-commands".to_owned()) }
            </nav>
        </div>
    }
}

/// A way to a part of the form, which is long.
fn jump(label: &str, place: String) -> Html {
    let go = Callback::from(move |_| dom::focus(&place));
    html! { <button type="button" class="quiet" onclick={go}>{ label.to_owned() }</button> }
}

/// Identifier of the heading of a group.
fn place(group: &Group) -> String {
    format!("build-group-{}", group.label.replace(' ', "-"))
}

/// The instructions that the form does not hold, each with a way to it.
fn own_parts(form: &Form, act: &Callback<Action>) -> Html {
    if form.custom.is_empty() {
        return Html::default();
    }
    html! {
        <details class="project own-parts" open={form.custom.len() < 4}>
            <summary>
                { "Custom " }
                <span class="hint">{ "not in the form as it is written here; it stays" }</span>
            </summary>
            <ul role="list">
                { for form.custom.iter().map(|(line, words)| {
                    let line = *line;
                    html! {
                        <li class="place-row">
                            <button type="button" class="place-main"
                                onclick={Action::GoToLine(line).on(act)}>
                                <code>{ words }</code>
                                <span class="place">
                                    <span class="sr-only">{ "line " }</span>{ line }
                                </span>
                            </button>
                        </li>
                    }
                }) }
            </ul>
        </details>
    }
}

fn one(group: &Group, props: &BuildPanelProps) -> Html {
    if group.fields.is_empty() {
        return Html::default();
    }
    let recipe = props.build.form.as_ref().map(|form| Rc::clone(&form.recipe)).unwrap_or_default();
    html! {
        <fieldset key={group.label.clone()} class="build-group">
            <legend id={place(group)} tabindex="-1">{ &group.label }</legend>
            <p class="hint">{ prose(&group.help) }</p>
            <div class="build-fields">
                { for group.fields.iter().map(|field| form_field(field, &recipe, props)) }
            </div>
        </fieldset>
    }
}
