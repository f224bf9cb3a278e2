//! The list as a badge: a small picture that says how many points are seen to.

use super::{Item, State};
use crate::export::uri;

const LABEL: &str = "ready to ship";
/// Pixels that a character of the label's font is wide, and that are left at both ends of a half.
const CHARACTER: usize = 7;
const MARGIN: usize = 10;

/// How many points are done, and how many apply.
pub fn score(items: &[Item]) -> (usize, usize) {
    let of = |state: State| items.iter().filter(|item| item.state == state).count();
    (of(State::Done), items.len() - of(State::NotApplicable))
}

/// The badge as SVG. The words are stretched to their place, so that it looks the same with any font.
pub fn badge(items: &[Item]) -> String {
    let (done, all) = score(items);
    let value = format!("{done}/{all}");
    // White words can be read on each of them: the contrast is at least 4.5 to 1.
    let color = match (done == all, done * 3 >= all * 2) {
        (true, _) => "#2a7a3b",
        (false, true) => "#8a6100",
        (false, false) => "#b3372c",
    };
    let (label, score) = (LABEL.len() * CHARACTER, value.len() * CHARACTER);
    let (left, right) = (label + MARGIN, score + MARGIN);
    let width = left + right;
    let words = |text: &str, middle: usize, length: usize| {
        format!(
            "<text x=\"{middle}\" y=\"14\" textLength=\"{length}\" lengthAdjust=\"spacingAndGlyphs\">{text}</text>"
        )
    };
    let name = format!("{LABEL}: {done} of {all}");
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"20\" role=\"img\" \
         aria-label=\"{name}\"><title>{name}</title><rect width=\"{width}\" height=\"20\" rx=\"3\" \
         fill=\"#444b57\"/><rect x=\"{left}\" width=\"{right}\" height=\"20\" rx=\"3\" \
         fill=\"{color}\"/><rect x=\"{left}\" width=\"4\" height=\"20\" fill=\"{color}\"/>\
         <g fill=\"#fff\" text-anchor=\"middle\" \
         font-family=\"Verdana,DejaVu Sans,sans-serif\" font-size=\"11\">{}{}</g></svg>\n",
        words(LABEL, left / 2, label),
        words(&value, left + right / 2, score),
    )
}

/// The badge as an image in Markdown that needs no other file and no other host.
pub fn badge_markdown(items: &[Item]) -> String {
    let (done, all) = score(items);
    let address = uri(badge(items).trim_end());
    format!("![{LABEL}: {done} of {all}](data:image/svg+xml,{address})\n")
}
