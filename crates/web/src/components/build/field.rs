//! One field of the form. Each change of it is an action at once; what is typed counts when the field
//! is left, so that it is one step of undo.

use std::rc::Rc;

use yew::{AttrValue, Callback, Event, Html, classes, html};

use crate::components::build::BuildPanelProps;
use crate::components::build::bases::BaseChoices;
use crate::components::icons;
use crate::components::prose::{prose, sentence};
use crate::form::{Choice, Field, Kind, Problem};
use crate::services::dom;
use crate::state::Action;

/// The field with its help and its problems.
pub fn form_field(field: &Field, recipe: &Rc<str>, props: &BuildPanelProps) -> Html {
    let id = format!("build-{}", field.key);
    let wide = matches!(field.kind, Kind::Base).then_some("wide");
    let chosen = |choice: &&Choice| choice.value == field.value && field.kind == Kind::Choice;
    let more = field.choices.iter().find(chosen).map(|choice| format!(" {}", choice.help));
    let words = format!("{}{}", field.help, more.unwrap_or_default());
    html! {
        <div key={id.clone()} class={classes!("build-field", wide)}>
            if field.kind == Kind::Base {
                <BaseChoices field={field.clone()} recipe={Rc::clone(recipe)}
                    project={props.project.clone()} act={props.act.clone()} />
            } else {
                { control(field, &id, set(field, &props.act)) }
            }
            <p class="hint" id={format!("{id}-help")}>
                { prose(&words) }
                if !field.chapter.is_empty() {
                    { " " }
                    <a href={format!("#guide/{}", field.chapter)}
                        aria-label={format!("More about {}", field.label)}>{ "More" }</a>
                }
            </p>
            <div id={format!("{id}-wrong")}>
                { for field.problems.iter().map(|problem| wrong(problem, &props.act)) }
            </div>
        </div>
    }
}

/// Takes the new value of a control.
pub fn set(field: &Field, act: &Callback<Action>) -> Callback<Event> {
    let key = Rc::clone(&field.key);
    act.reform(move |event: Event| Action::SetField(Rc::clone(&key), dom::value_of(&event).into()))
}

fn control(field: &Field, id: &str, onchange: Callback<Event>) -> Html {
    let (id, described) = (id.to_owned(), format!("{id}-help {id}-wrong"));
    let invalid = (!field.problems.is_empty()).then_some("true");
    let value = AttrValue::from(Rc::clone(&field.value));
    let label = html! { <label for={id.clone()}>{ &field.label }</label> };
    let options = field.choices.iter().map(|choice| {
        html! {
            <option value={Rc::clone(&choice.value)} selected={choice.value == field.value}>
                { &choice.label }
            </option>
        }
    });
    match field.kind {
        Kind::Bool => {
            let is_on = value == "yes";
            html! {
                <label class="check">
                    <input type="checkbox" {id} value={if is_on { "no" } else { "yes" }}
                        checked={is_on} {onchange} aria-describedby={described} />
                    { &field.label }
                </label>
            }
        }
        Kind::Choice | Kind::Base => html! {
            <>
                { label }
                <select {id} {onchange} aria-describedby={described} aria-invalid={invalid}>
                    { for options }
                </select>
            </>
        },
        Kind::Lines => {
            let rows = value.lines().count().clamp(1, 6).to_string();
            html! {
                <>
                    { label }
                    <textarea {id} {value} {onchange} {rows} class="code" spellcheck="false"
                        autocapitalize="off" placeholder="one to a line"
                        aria-describedby={described} aria-invalid={invalid} />
                </>
            }
        }
        Kind::Text | Kind::Number => {
            let mode = (field.kind == Kind::Number).then_some("numeric");
            let list = format!("{id}-list");
            html! {
                <>
                    { label }
                    <input type="text" {id} {value} {onchange} inputmode={mode} list={list.clone()}
                        spellcheck="false" autocapitalize="off" autocomplete="off"
                        aria-describedby={described} aria-invalid={invalid} />
                    <datalist id={list}>{ for options }</datalist>
                </>
            }
        }
    }
}

fn wrong(problem: &Problem, act: &Callback<Action>) -> Html {
    html! {
        <p class="build-problem">
            { icons::problems() }
            <span>{ sentence(&problem.message) }</span>
            if let Some((key, value, words)) = problem.instead.clone() {
                <button type="button" class="button small fix"
                    onclick={act.reform(move |_| Action::SetField(Rc::clone(&key), Rc::clone(&value)))}>
                    { icons::wand() }<span>{ words }</span>
                </button>
            }
        </p>
    }
}
