//! Keys and tokens that can be told by their form alone.
//!
//! The formats are rows of `data/tokens.toml`; private keys have a form of their own.

use crate::catalog::{shortest_token, token_kind};
use std::ops::Range;

/// The secrets in `text`: where, and what they are.
pub fn find(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let keys = text.match_indices(BEGIN).filter_map(|(start, _)| private_key(text, start));
    let mut found: Vec<_> = keys.collect();
    let bytes = text.as_bytes();
    let shortest = shortest_token().max(1);
    let mut start = 0;
    while let Some(window) = bytes.get(start..start + shortest) {
        // Looked at from its end: no token of that length starts before the last byte that is no
        // part of one, so most bytes are never looked at.
        if let Some(other) = window.iter().rposition(|byte| !is_part(*byte)) {
            start += other + 1;
            continue;
        }
        let behind = bytes.get(start + shortest..).unwrap_or_default();
        let more = behind.iter().position(|byte| !is_part(*byte)).unwrap_or(behind.len());
        let end = start + shortest + more;
        let token = text.get(start..end).unwrap_or_default();
        if let Some((what, body)) = token_kind(token)
            && is_random(body)
        {
            found.push((start..end, what));
        }
        start = end;
    }
    found
}

/// Whether a byte may be part of a token.
const fn is_part(byte: u8) -> bool {
    byte < 128 && PARTS >> byte & 1 == 1
}

/// A bit for each byte that may be part of a token: nearly every byte of a text is asked for.
const PARTS: u128 = {
    let (mut set, mut byte) = (0, 0_u8);
    while byte < 128 {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-') {
            set |= 1 << byte;
        }
        byte += 1;
    }
    set
};

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

const BEGIN: &str = "-----BEGIN";

/// `-----BEGIN ... PRIVATE KEY-----` with the key behind it.
fn private_key(text: &str, start: usize) -> Option<(Range<usize>, &'static str)> {
    const END: &str = "PRIVATE KEY-----";
    /// Characters of base64 that are enough for a key to follow.
    const ENOUGH: usize = 40;
    let header = text.get(start..)?.lines().next()?;
    let behind = header.strip_prefix(BEGIN)?;
    let length = header.find(END).map(|at| at + END.len()).filter(|at| *at < 64)?;
    let body = text.get(start + length..)?;
    let blank = |ch: &char| ch.is_whitespace() || matches!(ch, '\\' | 'n' | '"' | '\'');
    let base64 = |ch: &char| ch.is_ascii_alphanumeric() || matches!(ch, '+' | '/' | '=');
    let body = body.chars().take(3 * ENOUGH).skip_while(blank).take(ENOUGH).take_while(base64);
    let is_key = behind.starts_with(' ') && body.count() == ENOUGH;
    is_key.then_some((start..start + length, "a private key"))
}
