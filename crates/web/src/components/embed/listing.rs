//! The text as a listing, with each problem under the line where it starts.

use yew::{Callback, Html, classes, html};

use crate::analysis::{Analysis, Finding};
use crate::components::icons;
use crate::components::paper;
use crate::components::prose::{codes, sentence};
use crate::paint;
use crate::state::Action;

/// Longer texts are for the editor.
const MOST_LINES: usize = 400;

/// The listing; `chosen` are the lines that are pointed out.
pub fn listing(
    analysis: &Analysis,
    chosen: Option<(u32, u32)>,
    readonly: bool,
    act: &Callback<Action>,
) -> Html {
    let text = analysis.text.trim_end_matches('\n');
    let last = text.lines().count().min(MOST_LINES);
    let findings = paint::touching(analysis, 0, last);
    html! {
        <ol class="listing" role="list">
            { for (0..last).map(|line| {
                let here = analysis.findings.iter().enumerate();
                let here = here.filter(|(_, found)| found.start.line as usize == line + 1);
                html! {
                    <li key={line} class={classes!(paper::is_chosen(line, chosen))}>
                        <code class="listing-line">
                            { paper::pieces(analysis, line, &findings, &[]) }
                        </code>
                        { for here.map(|(index, found)| note(index, found, readonly, act)) }
                    </li>
                }
            }) }
        </ol>
    }
}

fn note(index: usize, finding: &Finding, readonly: bool, act: &Callback<Action>) -> Html {
    let found = &finding.diagnostic;
    html! {
        <div class={classes!("note", found.level.name())}>
            { icons::mark(found.level) }
            <p>
                <span class="sr-only">{ format!("{}: ", found.level.name()) }</span>
                { sentence(&found.message) }{ " " }
                <a class="rule" href={format!("#rule/{}", found.rule)}>{ found.rule }</a>
                { " " }{ codes(found.codes) }
            </p>
            if let Some(fix) = finding.usable_fix().filter(|_| !readonly) {
                <button type="button" class="button small" title={fix.title.replace('`', "")}
                    aria-label={format!("Fix: {}", fix.title.replace('`', ""))}
                    onclick={Action::Fix(index).on(act)}>
                    { icons::wand() }<span>{ "Fix" }</span>
                </button>
            }
        </div>
    }
}
