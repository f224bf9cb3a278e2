//! The link to the present state, made when the menu is opened.

use std::rc::Rc;

use yew::{AttrValue, Callback, Html, html};

use crate::components::icons;
use crate::link::LinkError;
use crate::state::Action;

/// The fragment of the link, once asked for.
pub type Link = Option<Result<Rc<str>, LinkError>>;

/// A button and the panel that it opens.
pub fn share_menu(link: &Link, base: &str, act: &Callback<Action>) -> Html {
    html! {
        <>
            <button type="button" class="button primary" popovertarget="share" id="share-button"
                onclick={Action::MakeLink.on(act)}>
                { icons::share() }<span>{ "Share" }</span>
            </button>
            <div id="share" popover="auto" class="popover share" aria-labelledby="share-button">
                { match link {
                    None => html! {
                        <p class="hint">{ "The text has changed. Press Share again for its link." }</p>
                    },
                    Some(Err(error)) => html! { <p>{ format!("{error}.") }</p> },
                    Some(Ok(fragment)) => ready(base, fragment, act),
                } }
            </div>
        </>
    }
}

fn ready(base: &str, fragment: &str, act: &Callback<Action>) -> Html {
    let link: Rc<str> = format!("{base}#{fragment}").into();
    let markdown: Rc<str> = format!("[Open in the Dockerfile Playground]({link})").into();
    let copy = |text: &Rc<str>, done| Action::Copy(Rc::clone(text), done).on(act);
    html! {
        <>
            <label class="field">
                <span>{ "Link to this Dockerfile, its rules and settings" }</span>
                <input type="text" id="share-link" readonly=true
                    value={AttrValue::from(Rc::clone(&link))} />
            </label>
            <div class="row">
                <button type="button" class="button primary" onclick={copy(&link, "Link copied")}>
                    { icons::link() }<span>{ "Copy link" }</span>
                </button>
                <button type="button" class="button"
                    onclick={copy(&markdown, "Markdown link copied")}>
                    { icons::copy() }<span>{ "Copy as Markdown" }</span>
                </button>
                <button type="button" class="button" popovertarget="share"
                    popovertargetaction="hide" onclick={Action::Embed.on(act)}>
                    { icons::code() }<span>{ "Embed…" }</span>
                </button>
            </div>
            <p class="hint">
                { format!("{} characters. ", link.len()) }
                { "Everything is in the part after #, which browsers never send to a server. " }
                <a class="privacy" href="privacy.html">{ "Privacy" }</a>
            </p>
        </>
    }
}
