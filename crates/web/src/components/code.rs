//! Dockerfile text in the colours of the editor.

use yew::{Html, html};

use crate::services::engine::{self, TokenKind};

/// The text as coloured pieces.
pub fn colored(text: &str) -> Html {
    let mut at = 0;
    let mut pieces: Vec<Html> = Vec::new();
    for token in engine::highlight(text) {
        let (start, end) = (token.span.start as usize, token.span.end as usize);
        let (Some(plain), Some(words)) = (text.get(at..start), text.get(start..end)) else { break };
        pieces.push(html! { { plain.to_owned() } });
        pieces.push(html! { <span class={class(token.kind)}>{ words.to_owned() }</span> });
        at = end;
    }
    pieces.push(html! { { text.get(at..).unwrap_or_default().to_owned() } });
    pieces.into_iter().collect()
}

/// The class of a kind of token.
pub const fn class(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Comment => "t-comment",
        TokenKind::Directive => "t-directive",
        TokenKind::Keyword => "t-keyword",
        TokenKind::Flag => "t-flag",
        TokenKind::String => "t-string",
        TokenKind::Variable => "t-variable",
        TokenKind::Operator => "t-operator",
        TokenKind::Heredoc => "t-heredoc",
        TokenKind::StageName => "t-stage",
        TokenKind::Image => "t-image",
    }
}
