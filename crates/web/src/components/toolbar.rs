//! The right end of the header: examples, sharing, theme.

use yew::{AttrValue, Callback, Html, Properties, component, html};

use crate::components::examples_menu::ExamplesMenu;
use crate::components::icons;
use crate::components::share_menu::{Link, ShareMenu};
use crate::state::{Action, Theme};

/// Properties of [`Toolbar`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ToolbarProps {
    /// The theme in force.
    pub theme: Theme,
    /// The share link, once asked for.
    pub link: Link,
    /// The address of the page without fragment.
    pub base: AttrValue,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The toolbar.
#[component]
pub fn Toolbar(props: &ToolbarProps) -> Html {
    let theme = props.theme;
    let label = format!("Theme: {}. Switch to {}.", theme.name(), theme.next().name());
    html! {
        <>
            <ExamplesMenu act={props.act.clone()} />
            <ShareMenu link={props.link.clone()} base={props.base.clone()} act={props.act.clone()} />
            <button type="button" class="icon-button" aria-label={label.clone()} title={label}
                onclick={props.act.reform(move |_| Action::Theme(theme.next()))}>
                { match theme {
                    Theme::Auto => icons::screen(),
                    Theme::Light => icons::sun(),
                    Theme::Dark => icons::moon(),
                } }
            </button>
        </>
    }
}
