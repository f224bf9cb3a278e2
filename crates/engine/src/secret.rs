//! Keys and tokens that can be told by their form alone.
//!
//! The formats are rows of `data/tokens.toml`; private keys have a form of their own.

use crate::catalog::token_kind;
use std::ops::Range;

/// The secrets in `text`: where, and what they are.
pub fn find(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let part = |ch: char| ch.is_ascii_alphanumeric() || ch == '_' || ch == '-';
    let mut found = private_keys(text);
    let mut rest = text;
    while let Some(start) = rest.find(part) {
        let token = rest.get(start..).unwrap_or_default();
        let token = token.get(..token.find(|ch| !part(ch)).unwrap_or(token.len()));
        let token = token.unwrap_or_default();
        let offset = text.len() - rest.len() + start;
        if let Some((what, body)) = token_kind(token)
            && is_random(body)
        {
            found.push((offset..offset + token.len(), what));
        }
        rest = rest.get(start + token.len()..).unwrap_or_default();
    }
    found
}

/// Whether nobody typed it as an example: many different characters, and no such word.
fn is_random(body: &str) -> bool {
    let mut seen = [false; 128];
    for byte in body.bytes() {
        if let Some(seen) = seen.get_mut(usize::from(byte)) {
            *seen = true;
        }
    }
    let example = ["example", "xxxx", "1234567890", "abcdefgh"];
    let lower = body.to_ascii_lowercase();
    seen.iter().filter(|seen| **seen).count() >= 8
        && !example.iter().any(|word| lower.contains(word))
}

/// `-----BEGIN ... PRIVATE KEY-----` with the key behind it.
fn private_keys(text: &str) -> Vec<(Range<usize>, &'static str)> {
    const END: &str = "PRIVATE KEY-----";
    /// Characters of base64 that are enough for a key to follow.
    const ENOUGH: usize = 40;
    let mut found = Vec::new();
    for (start, _) in text.match_indices("-----BEGIN ") {
        let header = text.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
        let Some(length) = header.find(END).map(|at| at + END.len()).filter(|at| *at < 64) else {
            continue;
        };
        let body = text.get(start + length..).unwrap_or_default();
        let blank = |ch: &char| ch.is_whitespace() || matches!(ch, '\\' | 'n' | '"' | '\'');
        let base64 = |ch: &char| ch.is_ascii_alphanumeric() || matches!(ch, '+' | '/' | '=');
        let body = body.chars().take(3 * ENOUGH).skip_while(blank).take(ENOUGH).take_while(base64);
        if body.count() == ENOUGH {
            found.push((start..start + length, "a private key"));
        }
    }
    found
}
