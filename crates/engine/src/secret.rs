//! Keys and tokens that can be told by their form alone.
//!
//! Only formats whose makers gave them a prefix of their own, so that nothing else looks like them.

use std::ops::Range;

/// A format: what it is, how it starts, and how many letters and digits follow.
struct Format {
    what: &'static str,
    prefix: &'static str,
    length: Range<usize>,
}

const fn format(what: &'static str, prefix: &'static str, length: Range<usize>) -> Format {
    Format { what, prefix, length }
}

const GITHUB: &str = "a token of GitHub";
const SLACK: &str = "a token of Slack";

/// From the makers' documentation, and the patterns that gitleaks and GitHub's secret scanning publish.
const FORMATS: [Format; 24] = [
    format("a key of AWS", "AKIA", 16..17),
    format("a key of AWS", "ASIA", 16..17),
    format("an API key of Google", "AIza", 35..36),
    format(GITHUB, "ghp_", 36..256),
    format(GITHUB, "gho_", 36..256),
    format(GITHUB, "ghu_", 36..256),
    format(GITHUB, "ghs_", 36..256),
    format(GITHUB, "ghr_", 36..256),
    format(GITHUB, "github_pat_", 82..83),
    format("a token of GitLab", "glpat-", 20..300),
    format("a token of npm", "npm_", 36..37),
    format("a token of PyPI", "pypi-AgEIcHlwaS5vcmc", 50..400),
    format("a token of Docker Hub", "dckr_pat_", 27..28),
    format(SLACK, "xoxb-", 40..100),
    format(SLACK, "xoxp-", 40..100),
    format(SLACK, "xoxa-", 40..100),
    format(SLACK, "xoxr-", 40..100),
    format("a key of Stripe", "sk_live_", 24..120),
    format("a key of Stripe", "rk_live_", 24..120),
    format("a token of DigitalOcean", "dop_v1_", 64..65),
    format("a token of Hugging Face", "hf_", 34..35),
    format("a key of Anthropic", "sk-ant-", 80..130),
    format("a key of OpenAI", "sk-proj-", 40..200),
    format("a token of Shopify", "shpat_", 32..33),
];

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
        if let Some(what) = token_kind(token) {
            found.push((offset..offset + token.len(), what));
        }
        rest = rest.get(start + token.len()..).unwrap_or_default();
    }
    found
}

fn token_kind(token: &str) -> Option<&'static str> {
    let format = FORMATS.iter().find(|format| token.starts_with(format.prefix))?;
    let body = token.get(format.prefix.len()..)?;
    (format.length.contains(&body.len()) && is_random(body)).then_some(format.what)
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
