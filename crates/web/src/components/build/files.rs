//! What a recipe gives beside the Dockerfile: files, and commands that use them.

use std::rc::Rc;

use yew::{Callback, Html, html};

use crate::components::icons;
use crate::form::Form;
use crate::format;
use crate::state::{Action, File};

/// The files, to be read, copied and saved.
pub fn files(form: &Form, ignore_is_own: bool, act: &Callback<Action>) -> Html {
    let others = form.files.iter().filter(|(name, _)| **name != *File::Dockerfile.name());
    html! {
        <section aria-labelledby="build-files">
            <div class="row">
                <h2 id="build-files" tabindex="-1">{ "All files" }</h2>
                <button type="button" class="button small" title="The Dockerfile as it is in the editor, and these files"
                    onclick={Action::SaveAll.on(act)}>
                    { icons::save() }<span>{ "Save all as .tar" }</span>
                </button>
            </div>
            <p class="hint">{ "The Dockerfile is in the editor. These go beside it." }</p>
            { for others.map(|(name, text)| {
                let own = ignore_is_own && **name == *File::Ignore.name();
                file(name, text, own, act)
            }) }
        </section>
    }
}

fn file(name: &Rc<str>, text: &Rc<str>, own: bool, act: &Callback<Action>) -> Html {
    let lines = format::plural(text.lines().count(), "line", "lines");
    html! {
        <details key={name.to_string()} class="project build-file">
            <summary><code>{ &**name }</code>{ " " }<span class="hint">{ lines }</span></summary>
            <div class="build-file-body">
                <div class="row">
                    <button type="button" class="button small" aria-label={format!("Copy {name}")}
                        onclick={Action::Copy(Rc::clone(text), "Copied").on(act)}>
                        { icons::copy() }<span>{ "Copy" }</span>
                    </button>
                    <button type="button" class="button small" aria-label={format!("Save {name}")}
                        onclick={Action::SaveText(Rc::clone(name), Rc::clone(text)).on(act)}>
                        { icons::save() }<span>{ "Save" }</span>
                    </button>
                    if own {
                        <button type="button" class="button small"
                            onclick={Action::TakeIgnore.on(act)}>
                            { icons::wand() }<span>{ "Take it instead of mine" }</span>
                        </button>
                    }
                </div>
                <pre class="code" tabindex="0" aria-label={format!("Text of {name}")}>{ &**text }</pre>
            </div>
        </details>
    }
}

/// The commands that build, run, inspect and scan.
pub fn commands(form: &Form, act: &Callback<Action>) -> Html {
    if form.commands.is_empty() {
        return Html::default();
    }
    html! {
        <section aria-labelledby="build-commands">
            <h2 id="build-commands" tabindex="-1">{ "Commands" }</h2>
            <ul role="list" class="commands">
                { for form.commands.iter().map(|(title, text)| html! {
                    <li>
                        <h3>{ title }</h3>
                        <div class="command">
                            <pre class="code" tabindex="0" aria-label={title.clone()}>{ &**text }</pre>
                            <button type="button" class="icon-button" aria-label={format!("Copy: {title}")}
                                onclick={Action::Copy(Rc::clone(text), "Command copied").on(act)}>
                                { icons::copy() }
                            </button>
                        </div>
                    </li>
                }) }
            </ul>
        </section>
    }
}
