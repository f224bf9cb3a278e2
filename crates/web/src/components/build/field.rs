//! One field of the form. Each change of it is an action at once; what is typed counts when the field
//! is left, so that it is one step of undo.

use std::rc::Rc;

use yew::{AttrValue, Callback, Event, Html, classes, html};

use crate::components::build::BuildPanelProps;
use crate::components::build::bases::BaseChoices;
use crate::components::draft::Draft;
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

/// Takes the new value of a field.
pub fn set(field: &Field, act: &Callback<Action>) -> Callback<String> {
    let key = Rc::clone(&field.key);
    act.reform(move |value: String| Action::SetField(Rc::clone(&key), value.into()))
}

fn control(field: &Field, id: &str, commit: Callback<String>) -> Html {
    let (id, described) = (id.to_owned(), format!("{id}-help {id}-wrong"));
    let onchange = commit.reform(|event: Event| dom::value_of(&event));
    let is_wrong = !field.problems.is_empty();
    let invalid = is_wrong.then_some("true");
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
            let rows = value.lines().count().clamp(1, 6) as u8;
            html! {
                <>
                    { label }
                    <Draft {id} {value} {commit} {rows} code=true placeholder="one to a line"
                        described_by={described} invalid={is_wrong} />
                </>
            }
        }
        Kind::Text | Kind::Number => {
            let mode = (field.kind == Kind::Number).then_some("numeric");
            let list = format!("{id}-list");
            html! {
                <>
                    { label }
                    <Draft {id} {value} {commit} inputmode={mode} list={list.clone()}
                        described_by={described} invalid={is_wrong} />
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
                    onclick={Action::SetField(key, value).on(act)}>
                    { icons::wand() }<span>{ words }</span>
                </button>
            }
        </p>
    }
}
