//! A passing message at the bottom of the page.

use yew::{Html, html};

/// The region is always there, since screen readers watch only regions that they know.
pub fn toast(text: Option<&str>) -> Html {
    html! {
        <div class="toast-region" role="status">
            if let Some(text) = text {
                <p class="toast">{ text }</p>
            }
        </div>
    }
}
