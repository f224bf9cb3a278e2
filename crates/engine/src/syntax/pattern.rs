//! The wildcard patterns of `${name#pattern}`, `${name%pattern}` and `${name/pattern/text}`.
//!
//! BuildKit turns them into regular expressions; with only `*`, `?` and literals, a walk over the
//! set of reachable end positions gives the same answer without a regular-expression engine.

/// Longest value and pattern (in characters) that are matched; more is reported as too long.
const LIMIT: usize = 4096;

/// Why a pattern cannot be applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PatternError {
    /// `\` before a character that needs no escape.
    Escape(char),
    /// Value or pattern is too long to be worth the time.
    TooLong,
}

enum Token {
    Any,
    One,
    Literal(char),
}

/// `value` without the shortest (or, if `greedy`, longest) prefix that matches.
pub(super) fn trim_prefix(
    value: &str,
    pattern: &str,
    greedy: bool,
) -> Result<String, PatternError> {
    let (chars, tokens) = prepare(value, pattern)?;
    let cut = match_from(&chars, &tokens, greedy).unwrap_or(0);
    Ok(chars.iter().skip(cut).collect())
}

/// `value` without the shortest (or, if `greedy`, longest) suffix that matches.
pub(super) fn trim_suffix(
    value: &str,
    pattern: &str,
    greedy: bool,
) -> Result<String, PatternError> {
    let (mut chars, mut tokens) = prepare(value, pattern)?;
    chars.reverse();
    tokens.reverse();
    let cut = match_from(&chars, &tokens, greedy).unwrap_or(0);
    Ok(chars.iter().skip(cut).rev().collect())
}

/// `value` with the first match, or `all` matches, replaced.
pub(super) fn replace(
    value: &str,
    pattern: &str,
    replacement: &str,
    all: bool,
) -> Result<String, PatternError> {
    let (chars, tokens) = prepare(value, pattern)?;
    let mut out = String::with_capacity(value.len());
    let mut rest = chars.as_slice();
    loop {
        match match_from(rest, &tokens, true) {
            Some(length) if length > 0 => {
                out.push_str(replacement);
                rest = rest.get(length..).unwrap_or_default();
                if !all {
                    out.extend(rest);
                    return Ok(out);
                }
            }
            _ => match rest.split_first() {
                Some((first, tail)) => {
                    out.push(*first);
                    rest = tail;
                }
                None => return Ok(out),
            },
        }
    }
}

fn prepare(value: &str, pattern: &str) -> Result<(Vec<char>, Vec<Token>), PatternError> {
    if value.len() > LIMIT || pattern.len() > LIMIT / 16 {
        return Err(PatternError::TooLong);
    }
    let mut tokens = Vec::new();
    let mut rest = pattern.chars().peekable();
    while let Some(ch) = rest.next() {
        tokens.push(match ch {
            '*' => Token::Any,
            '?' => Token::One,
            '\\' => match rest.next() {
                Some(escaped @ ('*' | '?' | '\\' | '}' | '/')) => Token::Literal(escaped),
                Some(other) => return Err(PatternError::Escape(other)),
                None => return Err(PatternError::Escape('\\')),
            },
            other => Token::Literal(other),
        });
    }
    Ok((value.chars().collect(), tokens))
}

/// Length of the longest or shortest match at the start of `chars`.
fn match_from(chars: &[char], tokens: &[Token], longest: bool) -> Option<usize> {
    let mut ends = vec![0usize];
    for token in tokens {
        ends = match token {
            Token::Any => ends.first().map_or(Vec::new(), |first| (*first..=chars.len()).collect()),
            Token::One => {
                ends.iter().map(|end| end + 1).filter(|end| *end <= chars.len()).collect()
            }
            Token::Literal(literal) => {
                let matching = |end: &&usize| chars.get(**end) == Some(literal);
                ends.iter().filter(matching).map(|end| end + 1).collect()
            }
        };
    }
    if longest { ends.last().copied() } else { ends.first().copied() }
}
