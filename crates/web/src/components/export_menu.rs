//! The menu of what can be taken away: the findings in three forms, and the files.

use yew::{Callback, Html, html};

use crate::components::icons;
use crate::state::{Action, Export, File};

/// A button and the panel that it opens.
pub fn export_menu(has_ignore: bool, act: &Callback<Action>) -> Html {
    let ignore = has_ignore.then_some(Export::File(File::Ignore));
    let files = [Export::File(File::Dockerfile)].into_iter().chain(ignore);
    let rows = |title: &'static str, exports: Vec<Export>| {
        html! {
            <section aria-label={title}>
                <h2>{ title }</h2>
                <ul role="list">{ for exports.into_iter().map(|export| row(export, act)) }</ul>
            </section>
        }
    };
    html! {
        <>
            <button type="button" class="button" popovertarget="export" id="export-button">
                { icons::save() }<span>{ "Export" }</span>
            </button>
            <div id="export" popover="auto" class="popover export" aria-labelledby="export-button">
                { rows("Problems", vec![Export::Sarif, Export::Json, Export::Markdown]) }
                { rows("Files", files.collect()) }
            </div>
        </>
    }
}

/// One thing with its buttons.
pub fn row(export: Export, act: &Callback<Action>) -> Html {
    let title = export.title();
    html! {
        <li class="export-row">
            <span>{ title }</span>
            <button type="button" class="button small" aria-label={format!("Copy {title}")}
                onclick={Action::CopyAs(export).on(act)}>
                { icons::copy() }<span>{ "Copy" }</span>
            </button>
            <button type="button" class="button small" aria-label={format!("Save {title}")}
                onclick={Action::Save(export).on(act)}>
                { icons::save() }<span>{ "Save" }</span>
            </button>
        </li>
    }
}
