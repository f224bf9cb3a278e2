//! Full-text search in the guide: words are found by their beginning, and all of them must be.
//!
//! The index is made when the site is built; `crates/guide/src/search.rs` says what is in it.

use crate::services::engine::order;

/// Most hits that are shown.
const MOST: usize = 30;

/// A section of the guide that has all words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit<'i> {
    /// The fragment of its address, as in `guide/scratch`.
    pub place: &'i str,
    /// The heading of its page.
    pub title: &'i str,
    /// Its own heading; empty for what stands above the first.
    pub heading: &'i str,
}

/// The sections that have all words of `query`, best first.
pub fn search<'i>(index: &'i str, query: &str) -> Vec<Hit<'i>> {
    let query = query.to_ascii_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    let mut hits: Vec<(u32, Hit<'i>)> = Vec::new();
    for line in index.lines().filter(|_| !words.is_empty()) {
        let mut parts = line.split('\t');
        let mut next = || parts.next().unwrap_or_default();
        let (hit, body) = (Hit { place: next(), title: next(), heading: next() }, next());
        let mut all = 0;
        for word in &words {
            let score =
                found(hit.title, word) * 8 + found(hit.heading, word) * 5 + found(body, word);
            if score == 0 {
                all = 0;
                break;
            }
            all += score;
        }
        if all > 0 {
            hits.push((all, hit));
        }
    }
    // The highest score first.
    let best = order(hits.iter().map(|(score, _)| u64::from(u32::MAX - score)));
    best.into_iter().take(MOST).filter_map(|at| hits.get(at)).map(|(_, hit)| *hit).collect()
}

/// 2 where the text has the word, 1 where a word of it begins so, else 0.
fn found(text: &str, word: &str) -> u32 {
    let lower = text.to_ascii_lowercase();
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let mut best = 0;
    for (at, _) in lower.match_indices(word) {
        let before = lower[..at].chars().next_back();
        // `user` is found in `no-user` as well.
        if before.is_none_or(|c| !c.is_alphanumeric()) {
            let behind = lower[at + word.len()..].chars().next();
            best = best.max(if behind.is_none_or(|c| !is_part(c)) { 2 } else { 1 });
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = "guide/users\tUsers\tOn scratch\tpasswd group\n\
                         guide/scratch\tscratch\t\tshell users empty\n\
                         rule/no-user\tno-user\t\troot dl3002\n";

    fn places(query: &str) -> Vec<&'static str> {
        search(INDEX, query).into_iter().map(|hit| hit.place).collect()
    }

    #[test]
    fn a_word_in_the_title_counts_more_than_one_in_the_text() {
        assert_eq!(places("users"), ["guide/users", "guide/scratch"]);
        assert_eq!(places("scratch"), ["guide/scratch", "guide/users"]);
    }

    #[test]
    fn words_are_found_by_their_beginning_and_all_must_be() {
        assert_eq!(places("Pass"), ["guide/users"]);
        assert_eq!(places("user"), ["rule/no-user", "guide/users", "guide/scratch"]);
        assert_eq!(places("scratch shell"), ["guide/scratch"]);
        assert_eq!(places("DL3002"), ["rule/no-user"]);
        assert!(
            places("asswd").is_empty() && places("").is_empty() && places("users zebra").is_empty()
        );
    }
}
