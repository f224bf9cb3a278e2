//! The bar of an embedded playground: its title, and the way to the whole one.

use std::rc::Rc;

use yew::{Callback, Html, html};

use crate::components::icons;
use crate::embed::{Embed, View};
use crate::state::{Action, Many, State, Tab};

/// The bar over the editor.
pub fn bar(state: &State, embed: &Embed, act: &Callback<Action>) -> Html {
    let safe = state.analysis.fixes(Many::Safe);
    let copy = Action::Copy(Rc::clone(&state.text), "Dockerfile copied").on(act);
    let has_text = !matches!(embed.view, View::Guide | View::Builder);
    html! {
        <>
            <p class="embed-title" lang={embed.lang.clone()}>
                { if embed.title.is_empty() { embed.view.title() } else { &embed.title } }
            </p>
            if has_text {
                if safe > 0 && !embed.readonly && state.tab != Tab::Problems {
                    <button type="button" class="quiet"
                        title="Applies the fixes that lead to the same image, in one step"
                        onclick={Action::FixMany(Many::Safe).on(act)}>
                        { icons::wand() }<span>{ format!("Fix {safe}") }</span>
                    </button>
                }
                if state.text != embed.original {
                    <button type="button" class="quiet" title="Back to the text it began with"
                        onclick={Action::Reset.on(act)}>
                        { icons::reset() }<span>{ "Reset" }</span>
                    </button>
                }
                <button type="button" class="quiet" title="Copy the whole text" onclick={copy}>
                    { icons::copy() }<span>{ "Copy" }</span>
                </button>
            }
        </>
    }
}

/// The link to the whole playground. It carries the text; packing that takes a moment, so it is done
/// when the link is about to be followed.
pub fn open_link(state: &State, base: &str, act: &Callback<Action>) -> Html {
    let page = state.guide.open.as_ref().filter(|_| state.tab == Tab::Guide);
    let fragment = match (page, &state.link) {
        (Some(page), _) => page.to_string(),
        (None, Some(Ok(fragment))) => fragment.to_string(),
        _ => String::new(),
    };
    html! {
        <a id="open-full" class="quiet" href={format!("{base}#{fragment}")} target="_blank"
            rel="noopener" title="Go on in the whole playground, in a new tab"
            onpointerdown={Action::MakeLink.on(act)}
            onfocus={Action::MakeLink.on(act)}>
            { icons::open() }<span>{ "Open in the playground" }</span>
        </a>
    }
}
