//! The share link: `#1:` and then base64url(deflate-raw(JSON)).
//!
//! All of it stays in the fragment, which browsers never send to a server. The alphabet survives
//! chat programs and Markdown; a link never ends in `-` or `_`, since many programs leave those out
//! of what they make clickable.

use std::fmt;

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

use crate::saved::Saved;

const PREFIX: &str = "1:";
/// Longest encoded state: what browsers and chat programs still carry.
const MAX_ENCODED: usize = 64 * 1024;
/// Most bytes that a link may unfold to, so that a hostile one cannot fill the memory.
const MAX_INFLATED: usize = 1024 * 1024;
const BEST_COMPRESSION: u8 = 10;
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Why there is no link, or why one cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkError {
    /// The state is too big for an address.
    TooLong,
    /// The link was made by a newer version of this page.
    Newer,
    /// Something was lost or changed on the way.
    Damaged,
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLong => "This Dockerfile is too long for a link",
            Self::Newer => "This link was made by a newer version of the playground",
            Self::Damaged => {
                "This link is damaged: part of it is missing or was changed on the way"
            }
        })
    }
}

/// The fragment (without `#`) that stands for `saved`.
pub fn encode(saved: &Saved) -> Result<String, LinkError> {
    let mut json = saved.to_json();
    if json.len() > MAX_INFLATED - 64 {
        return Err(LinkError::TooLong);
    }
    // Blanks after a JSON value mean nothing, so they are what the last character is varied with.
    for _ in 0..32 {
        let encoded = to_base64url(&compress_to_vec(json.as_bytes(), BEST_COMPRESSION));
        if encoded.len() > MAX_ENCODED {
            return Err(LinkError::TooLong);
        }
        if !encoded.ends_with(['-', '_']) {
            return Ok(format!("{PREFIX}{encoded}"));
        }
        json.push(' ');
    }
    Err(LinkError::TooLong)
}

/// Whether a fragment claims to be a share link of any version.
pub fn is_link(fragment: &str) -> bool {
    let fragment = unescape(fragment);
    fragment.split_once(':').is_some_and(|(version, _)| {
        !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit())
    })
}

/// The state that a fragment (without `#`) stands for.
pub fn decode(fragment: &str) -> Result<Saved, LinkError> {
    let fragment = unescape(fragment);
    let Some(encoded) = fragment.strip_prefix(PREFIX) else {
        return Err(if is_link(&fragment) { LinkError::Newer } else { LinkError::Damaged });
    };
    if encoded.len() > MAX_ENCODED {
        return Err(LinkError::TooLong);
    }
    let packed = from_base64url(encoded).ok_or(LinkError::Damaged)?;
    let bytes =
        decompress_to_vec_with_limit(&packed, MAX_INFLATED).map_err(|_| LinkError::Damaged)?;
    let json = String::from_utf8(bytes).map_err(|_| LinkError::Damaged)?;
    Saved::from_json(&json).ok_or(LinkError::Damaged)
}

/// Undoes the percent-encoding that some programs add to a fragment.
fn unescape(fragment: &str) -> String {
    let mut out = String::with_capacity(fragment.len());
    let mut rest = fragment.trim();
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let byte = after.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match byte.filter(u8::is_ascii) {
            Some(byte) => {
                out.push(char::from(byte));
                rest = &after[2..];
            }
            None => {
                out.push('%');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn to_base64url(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0u32, |group, byte| group << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            let index = group >> (18 - 6 * place) & 63;
            out.push(char::from(ALPHABET[index as usize]));
        }
    }
    out
}

fn from_base64url(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    // Some programs add padding or write the other alphabet; both mean the same.
    let text = text.trim_end_matches('=');
    for chunk in text.as_bytes().chunks(4) {
        if chunk.len() == 1 {
            return None;
        }
        let mut group = 0u32;
        for byte in chunk {
            group = group << 6 | value_of(*byte)?;
        }
        group <<= 6 * (4 - chunk.len());
        out.extend_from_slice(&group.to_be_bytes()[1..chunk.len()]);
    }
    Some(out)
}

fn value_of(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'-' | b'+' => 62,
        b'_' | b'/' => 63,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    use engine::{Project, RuleSet, Settings};

    fn text(dockerfile: impl Into<String>) -> Saved {
        Saved { dockerfile: dockerfile.into(), ..Saved::default() }
    }

    #[test]
    fn what_goes_in_comes_out() {
        let full = Saved {
            dockerignore: Some("# 🐳\n.git\n".into()),
            settings: Settings {
                set: RuleSet::Hadolint,
                ignored: vec!["shell-form".into()],
                ..Settings::default()
            },
            project: Project {
                binary_bytes: Some(12_000_000),
                platform: Some("linux/arm64".into()),
                needs_tls: Some(false),
                ..Project::default()
            },
            tab: "size".into(),
            ..text("FROM scratch\n# 🐳 é\r\n\0")
        };
        for saved in [Saved::default(), text("FROM a\n".repeat(5_000)), full] {
            let link = encode(&saved).unwrap();
            assert_eq!(decode(&link).as_ref(), Ok(&saved));
        }
    }

    #[test]
    fn the_links_of_version_0_1_still_open() {
        let old =
            r#"{"d":"FROM a\n","set":"all","off":["no-user"],"tab":"size","bin":5,"tls":true}"#;
        let link =
            format!("1:{}", to_base64url(&compress_to_vec(old.as_bytes(), BEST_COMPRESSION)));
        let saved = decode(&link).unwrap();
        assert_eq!((saved.dockerfile.as_str(), saved.dockerignore.as_ref()), ("FROM a\n", None));
        assert_eq!((saved.settings.set, saved.tab.as_str()), (RuleSet::All, "size"));
        assert_eq!(saved.settings.ignored, ["no-user"]);
        assert_eq!((saved.project.binary_bytes, saved.project.needs_tls), (Some(5), Some(true)));
    }

    #[test]
    fn every_length_ends_in_a_letter_or_digit() {
        for length in 0..300 {
            let link = encode(&text("x y\n".repeat(length))).unwrap();
            assert!(link.ends_with(|ch: char| ch.is_ascii_alphanumeric()), "{link}");
            assert!(link[2..].chars().all(|ch| ch.is_ascii_alphanumeric() || "-_".contains(ch)));
        }
    }

    #[test]
    fn survives_percent_encoding_and_padding() {
        let link = encode(&text("FROM golang:1.26\n")).unwrap();
        assert!(decode(&link.replace(':', "%3A").replace('-', "%2D").replace('_', "%5f")).is_ok());
        assert!(decode(&format!("{link}==")).is_ok());
    }

    #[test]
    fn a_bad_link_is_an_error_and_never_a_panic() {
        let link = encode(&text("FROM golang:1.26\nRUN go build\n")).unwrap();
        for end in 0..link.len() {
            assert!(decode(&link[..end]).is_err(), "{end}");
        }
        assert_eq!(decode("2:AAAA"), Err(LinkError::Newer));
        for bad in ["", "1:", "1:%", "1:%zz", "1:A", "1:äöü", "rule/x", "1:AAAA"] {
            assert_eq!(decode(bad), Err(LinkError::Damaged), "{bad}");
        }
    }

    #[test]
    fn a_bomb_is_refused_on_both_sides() {
        let bomb = compress_to_vec(&vec![b' '; 30 * MAX_INFLATED], BEST_COMPRESSION);
        assert!(decode(&format!("1:{}", to_base64url(&bomb))).is_err());
        let mut seed = 1u32;
        let noise: String = (0..200_000)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                char::from(b'!' + (seed >> 24) as u8 % 90)
            })
            .collect();
        assert_eq!(encode(&text(noise)), Err(LinkError::TooLong));
        assert_eq!(encode(&text("a".repeat(2 * MAX_INFLATED))), Err(LinkError::TooLong));
    }

    #[test]
    fn tells_a_link_from_other_fragments() {
        assert!(is_link("1:abc") && is_link("22:abc") && is_link("1%3Aabc"));
        assert!(!is_link("rule/untagged-base") && !is_link("") && !is_link(":x"));
    }
}
