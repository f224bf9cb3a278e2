//! The menu of examples. The browser's own popovers open, close and keep the focus right.

use yew::{Callback, Html, html};

use crate::components::icons;
use crate::course;
use crate::examples;
use crate::state::{Action, Tab};

/// A button and the list that it opens.
pub fn examples_menu(act: &Callback<Action>) -> Html {
    html! {
        <>
            <button type="button" class="button" popovertarget="examples" id="examples-button">
                { icons::book() }<span>{ "Examples" }</span>
            </button>
            <div id="examples" popover="auto" class="popover examples"
                aria-labelledby="examples-button">
                <ul role="list">
                    { for examples::all().enumerate().map(|(index, example)| html! {
                        <li>
                            <button type="button" class="example" popovertarget="examples"
                                popovertargetaction="hide"
                                onclick={Action::LoadExample(index).on(act)}>
                                <strong>{ example.title }</strong>
                                <span>{ example.lesson }</span>
                            </button>
                        </li>
                    }) }
                </ul>
                <button type="button" class="example" popovertarget="examples"
                    popovertargetaction="hide"
                    onclick={Action::Show(Tab::Build).on(act)}>
                    <strong>{ "Build one" }</strong>
                    <span>{ "By a form: language, base, user, health check and more" }</span>
                </button>
                <button type="button" class="example" popovertarget="examples"
                    popovertargetaction="hide"
                    onclick={Action::OpenPage(Some(course::LIST.into())).on(act)}>
                    <strong>{ "Lessons" }</strong>
                    <span>{ "Tasks of a few minutes each, judged while you type" }</span>
                </button>
                <p class="hint">{ "An example replaces the text in the editor. Undo brings yours back." }</p>
            </div>
        </>
    }
}
