//! A field of text that counts once it is left.

use yew::{
    AttrValue, Callback, Event, Html, InputEvent, Properties, component, html, use_state_eq,
};

use crate::services::dom;

/// Properties of [`Draft`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct DraftProps {
    /// The text that counts now.
    pub value: AttrValue,
    /// Takes the new text when the field is left, or Enter is pressed.
    pub commit: Callback<String>,
    /// Lines in sight; a field of one line without.
    #[prop_or_default]
    pub rows: Option<u8>,
    /// What an empty field shows.
    #[prop_or_default]
    pub placeholder: Option<AttrValue>,
    /// Which keys a phone offers.
    #[prop_or_default]
    pub inputmode: Option<AttrValue>,
    /// Whether it is in the font of code.
    #[prop_or_default]
    pub code: bool,
    /// Its identifier.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// The list of proposals for it.
    #[prop_or_default]
    pub list: Option<AttrValue>,
    /// The elements that describe it.
    #[prop_or_default]
    pub described_by: Option<AttrValue>,
    /// Whether its text cannot be taken.
    #[prop_or_default]
    pub invalid: bool,
}

/// Keeps what is being typed: whatever else redraws the page meanwhile, such as an answer of the
/// linter of shell scripts, would otherwise put the old text back.
#[component]
pub fn Draft(props: &DraftProps) -> Html {
    let typed = use_state_eq(|| None::<String>);
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| typed.set(Some(dom::value_of(&event))))
    };
    let onchange = props.commit.reform(|event: Event| dom::value_of(&event));
    let value = typed.as_ref().map_or_else(|| props.value.clone(), |typed| typed.clone().into());
    let onblur = Callback::from(move |_| typed.set(None));
    let class = props.code.then_some("code");
    let invalid = props.invalid.then_some("true");
    let DraftProps { placeholder, inputmode, id, list, described_by, .. } = props.clone();
    match props.rows {
        Some(rows) => html! {
            <textarea {id} rows={rows.to_string()} {class} {placeholder} {value} spellcheck="false"
                autocapitalize="off" aria-describedby={described_by} aria-invalid={invalid}
                {oninput} {onchange} {onblur} />
        },
        None => html! {
            <input type="text" {id} {class} {placeholder} {inputmode} {list} {value}
                spellcheck="false" autocapitalize="off" autocomplete="off"
                aria-describedby={described_by} aria-invalid={invalid}
                {oninput} {onchange} {onblur} />
        },
    }
}
