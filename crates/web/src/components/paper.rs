//! The painted text under the textarea, and the line numbers beside it. Only the lines in sight
//! (and some more) exist, so that a long text costs no more than a short one.

use engine::diagnostic::Level;
use yew::{Html, Properties, classes, component, html};

use crate::analysis::Sheet;
use crate::components::icons;
use crate::format;
use crate::paint::{self, Lit, Piece, Place};
use crate::services::editor::Window;
use crate::services::engine::TokenKind;
use crate::state::Same;

/// Properties of [`Paper`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct PaperProps {
    /// The text and what is known of it.
    pub sheet: Same<Sheet>,
    /// The lines to paint.
    pub window: Window,
    /// The line of the caret, from 0.
    pub line: usize,
    /// The words that are pointed out.
    pub lit: Vec<Place>,
    /// The lines that are pointed out, first and last, from 1.
    #[prop_or_default]
    pub chosen: Option<(u32, u32)>,
}

/// Line numbers and text.
#[component]
pub fn Paper(props: &PaperProps) -> Html {
    let sheet = &*props.sheet;
    let first = props.window.first.min(sheet.lines.len().saturating_sub(1));
    let last = (first + props.window.count).min(sheet.lines.len());
    let findings = paint::touching(sheet, first, last);
    html! {
        <>
            <div class="gutter">
                <div class="gutter-lines">
                    { for (first..last).map(|line| number(sheet, line, props.line, &findings)) }
                </div>
            </div>
            <div class="paper" aria-hidden="true">
                <div class="paper-lines">
                    if !sheet.plain {
                        { for (first..last).map(|line| text(props, line, &findings)) }
                    }
                </div>
            </div>
        </>
    }
}

fn text(props: &PaperProps, line: usize, findings: &[usize]) -> Html {
    let current = (line == props.line).then_some("current");
    html! {
        <div key={line} class={classes!("line", current, is_chosen(line, props.chosen))}>
            { pieces(&props.sheet, line, findings, &props.lit) }{ "\n" }
        </div>
    }
}

/// The class of a line (from 0) that is pointed out.
pub fn is_chosen(line: usize, chosen: Option<(u32, u32)>) -> Option<&'static str> {
    let number = line as u32 + 1;
    chosen.filter(|(first, last)| (*first..=*last).contains(&number)).map(|_| "chosen")
}

/// The text of a line with its colours and underlines.
pub fn pieces(sheet: &Sheet, line: usize, findings: &[usize], lit: &[Place]) -> Html {
    paint::pieces(sheet, line, findings, lit).iter().map(|one| piece(sheet, one)).collect()
}

fn number(sheet: &Sheet, line: usize, current: usize, findings: &[usize]) -> Html {
    let here: Vec<Level> = findings
        .iter()
        .filter_map(|index| sheet.findings.get(*index))
        .filter(|finding| finding.start.line as usize == line + 1)
        .map(|finding| finding.diagnostic.level)
        .collect();
    let mark = here.iter().max().map(|level| {
        let label =
            format!("Line {}: {}", line + 1, format::plural(here.len(), "problem", "problems"));
        html! {
            <span class={classes!("mark", level.name())} role="img" aria-label={label}>
                { icons::level(*level) }
            </span>
        }
    });
    html! {
        <div key={line} class={classes!("number", (line == current).then_some("current"))}>
            { for mark }<span aria-hidden="true">{ line + 1 }</span>
        </div>
    }
}

fn piece(sheet: &Sheet, piece: &Piece) -> Html {
    let text = piece.span.of(&sheet.text).to_owned();
    let color = piece.kind.map(TokenKind::class);
    let lit = piece.lit.map(|lit| match lit {
        Lit::Main => "lit",
        Lit::Related => "lit also",
    });
    match piece.finding {
        Some((index, level)) => html! {
            <span class={classes!(color, lit, "squiggle", level.name())}
                data-finding={index.to_string()}>{ text }</span>
        },
        None if color.is_none() && lit.is_none() => html! { { text } },
        None => html! { <span class={classes!(color, lit)}>{ text }</span> },
    }
}
