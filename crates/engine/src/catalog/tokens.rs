//! Keys and tokens that can be told by their form alone.

use super::data;

/// How a key or token looks.
#[derive(Debug, PartialEq, Eq)]
pub struct Token {
    /// How it starts.
    pub prefix: &'static str,
    /// What it is: `a token of GitHub`.
    pub what: &'static str,
    /// The fewest characters behind the prefix.
    pub min: u16,
    /// The most.
    pub max: u16,
}

/// Bytes of the shortest token that is known.
pub fn shortest_token() -> usize {
    let lengths = data::TOKENS.iter().map(|token| token.prefix.len() + usize::from(token.min));
    lengths.min().unwrap_or_default()
}

/// What `token` is, and the characters behind its prefix.
pub fn token_kind(token: &str) -> Option<(&'static str, &str)> {
    // They are sorted, and no prefix starts another one.
    let behind = data::TOKENS.partition_point(|known| known.prefix <= token);
    let known = data::TOKENS.get(behind.checked_sub(1)?)?;
    let body = token.strip_prefix(known.prefix)?;
    let length = usize::from(known.min)..=usize::from(known.max);
    length.contains(&body.len()).then_some((known.what, body))
}
