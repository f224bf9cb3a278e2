//! The index for full-text search: one line for each section of a chapter and for each rule.
//!
//! `place TAB title TAB heading TAB words`: the words are those of the text, each once, in lower
//! case. The page fetches it with the first search and finds words by their beginning; the order
//! of the lines is the order of equal hits.

use serde_json::Value;

use crate::book::Book;
use crate::tree;

/// Words that stand everywhere and tell nothing.
const COMMON: [&str; 40] = [
    "the", "and", "that", "this", "with", "for", "are", "not", "its", "has", "have", "from",
    "into", "which", "what", "when", "then", "than", "they", "them", "there", "who", "can", "does",
    "was", "but", "all", "also", "only", "one", "two", "more", "each", "other", "where", "will",
    "your", "you", "nor", "our",
];

/// The index.
pub fn index(book: &Book) -> String {
    let mut out = String::new();
    for (index, chapter) in book.chapters.iter().enumerate() {
        let mut sections = vec![(String::new(), chapter.head.summary.clone())];
        for node in book.rendered(index) {
            match node.as_array() {
                Some(parts) if node[0] == "h2" => {
                    sections.push((tree::plain_text(&parts[2..]), String::new()));
                }
                _ => {
                    let (_, text) = sections.last_mut().expect("the first section");
                    words_of(node, text);
                }
            }
        }
        for (heading, text) in sections {
            line(
                &mut out,
                &format!("guide/{}", chapter.slug),
                &chapter.head.title,
                &heading,
                &text,
            );
        }
    }
    for page in &book.rules {
        let mut text = page.rule.area.name().to_owned();
        for alias in page.rule.aliases {
            text.push(' ');
            text.push_str(alias.split_once(':').map_or("", |(_, code)| code));
        }
        page.page.blocks.iter().for_each(|node| words_of(node, &mut text));
        line(&mut out, &format!("rule/{}", page.rule.name), page.rule.name, "", &text);
    }
    out
}

fn line(out: &mut String, place: &str, title: &str, heading: &str, text: &str) {
    let above = words(&format!("{title} {heading}"));
    let mut body: Vec<String> =
        words(text).into_iter().filter(|word| !above.contains(word)).collect();
    body.sort();
    body.dedup();
    out.push_str(&format!("{place}\t{title}\t{heading}\t{}\n", body.join(" ")));
}

/// The words of a node, examples in Dockerfiles left out: each of them has FROM and COPY.
fn words_of(node: &Value, out: &mut String) {
    match node {
        Value::String(text) => out.push_str(text),
        Value::Array(parts) => {
            let lang = node[1]["lang"].as_str().unwrap_or_default();
            if parts[0] != "pre" || lang == "message" || lang == "sh" {
                parts.iter().skip(2).for_each(|child| words_of(child, out));
            }
            if parts[0] != "code" && parts[0] != "span" {
                out.push(' ');
            }
        }
        _ => {}
    }
}

/// Words as the page splits them: runs of letters, digits and what names are made of.
fn words(text: &str) -> Vec<String> {
    let lower = text.to_ascii_lowercase();
    let split = lower.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '.'));
    let words = split.map(|word| word.trim_matches(['.', '-', '_']));
    let telling = |word: &&str| word.len() > 2 && !COMMON.contains(word);
    words.filter(telling).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_people_look_for() {
        assert_eq!(
            words("The `no-user` rule, DL3002: a CGO_ENABLED=0 build."),
            ["no-user", "rule", "dl3002", "cgo_enabled", "build"]
        );
    }

    #[test]
    fn a_line_names_each_word_once() {
        let mut out = String::new();
        line(&mut out, "guide/a", "Users", "On scratch", "users on Scratch scratch passwd");
        assert_eq!(out, "guide/a\tUsers\tOn scratch\tpasswd\n");
    }
}
