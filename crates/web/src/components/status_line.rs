//! The line under the editor: where the caret is and what is wrong there.

use yew::{Callback, Html, html};

use crate::analysis::Sheet;
use crate::components::icons;
use crate::components::prose::sentence;
use crate::state::{Action, File};

/// The line.
pub fn status_line(
    file: File,
    sheet: &Sheet,
    position: (u32, u32),
    finding: Option<usize>,
    act: &Callback<Action>,
) -> Html {
    let here = finding.and_then(|index| Some((index, sheet.findings.get(index)?)));
    html! {
        <>
            { match here {
                Some((index, finding)) => html! {
                    <>
                        { icons::mark(finding.diagnostic.level) }
                        <span class="message">{ sentence(&finding.diagnostic.message) }</span>
                        if let Some(fix) = finding.usable_fix() {
                            <button type="button" class="quiet" title={fix.title.clone()}
                                onclick={Action::Fix(index).on(act)}>
                                { icons::wand() }<span>{ "Fix" }</span>
                            </button>
                        }
                    </>
                },
                None if file == File::Ignore => html! {
                    <span class="message hint">
                        { "One pattern for each line; " }<code>{ "!" }</code>
                        { " takes files back." }
                    </span>
                },
                None => html! {
                    <span class="message hint">
                        <kbd>{ "F8" }</kbd>{ " next problem " }
                        <kbd>{ "Ctrl" }</kbd>{ " " }<kbd>{ "." }</kbd>{ " fix at the caret" }
                    </span>
                },
            } }
            <span class="position">{ format!("Ln {}, Col {}", position.0, position.1) }</span>
        </>
    }
}
