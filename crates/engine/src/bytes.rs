//! Searches that look at every byte of a text, eight bytes at a time.
//!
//! The standard library's search for a character is made for long stretches, and the lines and words
//! of a Dockerfile are short.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// The high bit of each byte of `word` that is `byte`. Above the first one, a byte that differs from
/// it in the last bit only may be marked as well.
const fn marks(word: u64, byte: u8) -> u64 {
    let other = word ^ (ONES * byte as u64);
    other.wrapping_sub(ONES) & !other & HIGHS
}

/// Where `byte` first stands.
pub fn find(bytes: &[u8], byte: u8) -> Option<usize> {
    let (words, rest) = bytes.as_chunks();
    for (number, word) in words.iter().enumerate() {
        let found = marks(u64::from_le_bytes(*word), byte);
        if found != 0 {
            return Some(number * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let at = rest.iter().position(|other| *other == byte)?;
    Some(words.len() * 8 + at)
}

/// Whether `byte` stands anywhere.
pub fn contains(text: &str, byte: u8) -> bool {
    find(text.as_bytes(), byte).is_some()
}

/// What stands behind the last `byte`, which is ASCII; all of the text where there is none.
pub fn behind_last(text: &str, byte: u8) -> &str {
    let start = text.bytes().rposition(|other| other == byte).map_or(0, |at| at + 1);
    text.get(start..).unwrap_or_default()
}

/// Where `byte` stands, from the first place to the last.
pub fn positions(text: &str, byte: u8) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + find(bytes.get(from..)?, byte)?;
        from = at + 1;
        Some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_the_standard_library_finds() {
        let text = "a\nbc\n\n0123456789abcdef\u{b}\n\u{b}\u{8a}ä\nlonger than sixteen bytes\n";
        for start in (0..text.len()).filter(|start| text.is_char_boundary(*start)) {
            let (_, rest) = text.split_at(start);
            for byte in 0..128 {
                assert_eq!(find(rest.as_bytes(), byte), rest.find(char::from(byte)), "{rest:?}");
            }
            let expected: Vec<_> = rest.match_indices('\n').map(|(at, _)| at).collect();
            assert_eq!(positions(rest, b'\n').collect::<Vec<_>>(), expected);
            assert_eq!(contains(rest, b'0'), rest.contains('0'));
            assert_eq!(behind_last(rest, b'\n'), rest.rsplit('\n').next().unwrap_or_default());
        }
    }
}
