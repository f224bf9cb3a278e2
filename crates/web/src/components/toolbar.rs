//! The right end of the header: examples, sharing, theme.

use yew::{Callback, Html, html};

use crate::components::examples_menu::examples_menu;
use crate::components::export_menu::export_menu;
use crate::components::icons;
use crate::components::share_menu::share_menu;
use crate::state::{Action, State, Theme};

/// The toolbar.
pub fn toolbar(state: &State, base: &str, act: &Callback<Action>) -> Html {
    let theme = state.theme;
    let label = format!("Theme: {}. Switch to {}.", theme.name(), theme.next().name());
    html! {
        <>
            { examples_menu(act) }
            { export_menu(state.ignore.is_some(), act) }
            { share_menu(&state.link, base, act) }
            <button type="button" class="icon-button" aria-label={label.clone()} title={label}
                onclick={Action::Theme(theme.next()).on(act)}>
                { match theme {
                    Theme::Auto => icons::screen(),
                    Theme::Light => icons::sun(),
                    Theme::Dark => icons::moon(),
                } }
            </button>
        </>
    }
}
