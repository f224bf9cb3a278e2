//! A passing message at the bottom of the page.

use yew::{AttrValue, Html, Properties, component, html};

/// Properties of [`Toast`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ToastProps {
    /// The message; none when there is nothing to say.
    pub text: Option<AttrValue>,
}

/// The region is always there, since screen readers watch only regions that they know.
#[component]
pub fn Toast(props: &ToastProps) -> Html {
    html! {
        <div class="toast-region" role="status">
            if let Some(text) = &props.text {
                <p class="toast">{ text }</p>
            }
        </div>
    }
}
