//! Tells screen readers how many problems there are, once typing pauses.

use gloo::timers::callback::Timeout;
use yew::{AttrValue, Html, Properties, component, html, use_effect_with, use_state_eq};

/// Milliseconds without a change, so that typing is not talked over.
const PAUSE: u32 = 1_000;

/// Properties of [`Announcer`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct AnnouncerProps {
    /// What is to be said.
    pub text: AttrValue,
}

/// A status region that nobody sees.
#[component]
pub fn Announcer(props: &AnnouncerProps) -> Html {
    let said = use_state_eq(AttrValue::default);
    {
        let said = said.clone();
        use_effect_with(props.text.clone(), move |text| {
            let text = text.clone();
            let timer = Timeout::new(PAUSE, move || said.set(text));
            move || drop(timer)
        });
    }
    html! { <p class="sr-only" role="status">{ &*said }</p> }
}
