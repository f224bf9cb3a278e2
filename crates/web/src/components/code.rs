//! Dockerfile text in the colours of the editor.

use yew::{Html, classes, html};

use crate::services::engine;

/// The text as coloured pieces, line by line; the lines of these numbers, from 1, are marked.
pub fn colored(text: &str, marked: &[usize]) -> Html {
    let tokens = engine::highlight(text);
    let mut at = 0;
    let line = |(index, line): (usize, &str)| {
        let (start, end) = (at, at + line.len());
        at = end;
        let mut pieces: Vec<Html> = Vec::new();
        let mut from = start;
        for token in &tokens {
            // A token may reach over the end of its line.
            let first = (token.span.start as usize).max(from);
            let last = (token.span.end as usize).min(end);
            let (Some(plain), Some(words)) = (text.get(from..first), text.get(first..last)) else {
                continue;
            };
            if !words.is_empty() {
                pieces.push(html! { { plain.to_owned() } });
                pieces.push(html! { <span class={token.kind.class()}>{ words.to_owned() }</span> });
                from = last;
            }
        }
        pieces.push(html! { { text.get(from..end).unwrap_or_default().to_owned() } });
        let mark = marked.contains(&(index + 1)).then_some("marked");
        html! { <span class={classes!("line", mark)}>{ pieces }</span> }
    };
    text.split_inclusive('\n').enumerate().map(line).collect()
}
