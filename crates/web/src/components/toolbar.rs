//! The right end of the header: examples, sharing, theme.

use yew::{Callback, Html, html};

use crate::components::examples_menu::examples_menu;
use crate::components::icons;
use crate::components::share_menu::{Link, share_menu};
use crate::state::{Action, Theme};

/// The toolbar.
pub fn toolbar(theme: Theme, link: &Link, base: &str, act: &Callback<Action>) -> Html {
    let label = format!("Theme: {}. Switch to {}.", theme.name(), theme.next().name());
    html! {
        <>
            { examples_menu(act) }
            { share_menu(link, base, act) }
            <button type="button" class="icon-button" aria-label={label.clone()} title={label}
                onclick={act.reform(move |_| Action::Theme(theme.next()))}>
                { match theme {
                    Theme::Auto => icons::screen(),
                    Theme::Light => icons::sun(),
                    Theme::Dark => icons::moon(),
                } }
            </button>
        </>
    }
}
