//! The line under the editor: where the caret is and what is wrong there.

use yew::{Callback, Html, Properties, classes, component, html};

use crate::analysis::Analysis;
use crate::components::icons;
use crate::components::prose::prose;
use crate::state::{Action, Same};

/// Properties of [`StatusLine`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct StatusLineProps {
    /// What is known of the text.
    pub analysis: Same<Analysis>,
    /// Line and column of the caret, from 1.
    pub position: (u32, u32),
    /// The finding at the caret.
    pub finding: Option<usize>,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The line.
#[component]
pub fn StatusLine(props: &StatusLineProps) -> Html {
    let here = props.finding.and_then(|index| Some((index, props.analysis.findings.get(index)?)));
    html! {
        <>
            { match here {
                Some((index, finding)) => html! {
                    <>
                        <span class={classes!("level", finding.diagnostic.level.name())}>
                            { icons::level(finding.diagnostic.level) }
                        </span>
                        <span class="message">{ prose(&finding.diagnostic.message) }</span>
                        if let Some(fix) = finding.usable_fix() {
                            <button type="button" class="quiet" title={fix.title.clone()}
                                onclick={props.act.reform(move |_| Action::Fix(index))}>
                                { icons::wand() }<span>{ "Fix" }</span>
                            </button>
                        }
                    </>
                },
                None => html! {
                    <span class="message hint">
                        <kbd>{ "F8" }</kbd>{ " next problem " }<kbd>{ "Ctrl" }</kbd>{ " " }<kbd>{ "." }</kbd>{ " fix at the caret" }
                    </span>
                },
            } }
            <span class="position">{ format!("Ln {}, Col {}", props.position.0, props.position.1) }</span>
        </>
    }
}
