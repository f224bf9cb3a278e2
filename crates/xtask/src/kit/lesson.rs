//! A lesson as the trainer's kit needs it: the task, the hints, and the two Dockerfiles.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use serde_json::{Value, json};

/// One file of `lessons/`.
pub struct Lesson {
    /// From the front matter.
    pub title: String,
    /// From the front matter.
    pub summary: String,
    /// How long it takes.
    pub minutes: u64,
    /// Markdown of what is to be done.
    pub task: String,
    /// Markdown of the hints, with their headings.
    pub hints: String,
    /// What the lesson begins with.
    pub start: String,
    /// One way to solve it.
    pub solution: String,
}

impl Lesson {
    /// Reads a lesson.
    pub fn parse(text: &str) -> Result<Self> {
        let (front, body) = text
            .strip_prefix("+++\n")
            .and_then(|text| text.split_once("\n+++\n"))
            .context("a lesson begins with its front matter")?;
        let front: Value = toml::from_str(front)?;
        let word = |key: &str| {
            let value = front[key].as_str().map(str::to_owned);
            value.with_context(|| format!("the lesson has no {key}"))
        };
        let mut fences = BTreeMap::new();
        let mut words = String::new();
        let mut rest = body;
        while let Some((before, fence)) = rest.split_once("```dockerfile ") {
            words.push_str(before);
            let (kind, fence) = fence.split_once('\n').context("a fence without a text")?;
            let (code, after) = fence.split_once("```\n").context("a fence without an end")?;
            fences.insert(kind.trim().to_owned(), code.to_owned());
            rest = after;
        }
        words.push_str(rest);
        let mut fence = |kind: &str| {
            fences.remove(kind).with_context(|| format!("the lesson has no `dockerfile {kind}`"))
        };
        let (task, hints) = words.find("## ").map_or((&*words, ""), |at| words.split_at(at));
        Ok(Self {
            title: word("title")?,
            summary: word("summary")?,
            minutes: front["minutes"].as_u64().context("the lesson has no minutes")?,
            task: task.trim().to_owned(),
            hints: hints.trim().to_owned(),
            start: fence("start")?,
            solution: fence("solution")?,
        })
    }
}

/// The fragment of an address that opens the playground with this Dockerfile; see `link.rs` of the
/// page, which reads it.
pub fn link(dockerfile: &str) -> Result<String> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(json!({ "d": dockerfile }).to_string().as_bytes())?;
    Ok(format!("#1:{}", BASE64_URL_SAFE_NO_PAD.encode(encoder.finish()?)))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::workspace;

    #[test]
    fn reads_every_lesson_there_is() {
        let folder = workspace::root().unwrap().join("lessons");
        let mut count = 0;
        for entry in folder.read_dir().unwrap().flatten() {
            let text = fs::read_to_string(entry.path()).unwrap();
            let lesson = Lesson::parse(&text)
                .unwrap_or_else(|error| panic!("{}: {error:#}", entry.path().display()));
            assert!(lesson.task.contains("Your task"), "{}", lesson.title);
            assert!(lesson.hints.starts_with("## Hint"), "{}", lesson.title);
            assert!(lesson.start.contains("FROM") && lesson.solution.contains("FROM"));
            assert_ne!(lesson.start, lesson.solution);
            count += 1;
        }
        assert!(count > 0);
    }

    #[test]
    fn a_link_is_what_the_page_reads() {
        // The same as `link::encode` makes of this text, but for the effort to make it short.
        let link = link("FROM a\n").unwrap();
        let packed = BASE64_URL_SAFE_NO_PAD.decode(link.strip_prefix("#1:").unwrap()).unwrap();
        let mut json = String::new();
        let mut decoder = flate2::read::DeflateDecoder::new(&packed[..]);
        std::io::Read::read_to_string(&mut decoder, &mut json).unwrap();
        assert_eq!(json, r#"{"d":"FROM a\n"}"#);
    }
}
