//! The fenced blocks of a chapter: what their info strings say. CONTRIBUTING.md explains each kind.

use anyhow::{Context, Result, bail};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// What a block is, and so what the tests ask of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A Dockerfile with a finding of one of these rules; of one of the chapter's, if none is named.
    Before(Vec<String>),
    /// A Dockerfile without a finding, which starts.
    After,
    /// A Dockerfile that builds.
    Dockerfile,
    /// A piece of a Dockerfile.
    Fragment,
    /// A `.dockerignore`.
    Ignore,
    /// Commands.
    Shell,
    /// Source of Go.
    Go,
    /// A compose file, a workflow or another YAML file.
    Yaml,
    /// JSON.
    Json,
    /// TOML.
    Toml,
    /// An error message, which the panel Explain knows.
    Message,
    /// A decision table; see [`crate::decision`].
    Decision,
}

/// A fenced block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// What figures call it: the word behind `#` in the info string.
    pub name: Option<String>,
    /// What is inside.
    pub text: String,
    /// Line of its fence in the file, from 1.
    pub line: usize,
}

impl Block {
    /// Whether it is a whole Dockerfile, whose size can be estimated.
    pub fn is_dockerfile(&self) -> bool {
        matches!(self.kind, Kind::Before(_) | Kind::After | Kind::Dockerfile)
    }
}

/// The blocks of `body`, whose first line is `first_line` of its file.
pub fn all(body: &str, first_line: usize) -> Result<Vec<Block>> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for (event, range) in Parser::new(body).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                open = Some((info.to_string(), String::new()));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                bail!("an indented block of code has no kind; use a fence");
            }
            Event::Text(text) => {
                if let Some((_, inside)) = &mut open {
                    inside.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                let line = first_line + body[..range.start].matches('\n').count();
                if let Some((info, text)) = open.take() {
                    let (kind, name) = kind(&info).with_context(|| format!("line {line}"))?;
                    blocks.push(Block { kind, name, text, line });
                }
            }
            _ => {}
        }
    }
    Ok(blocks)
}

/// Reads an info string such as `dockerfile before no-user #alpine`.
pub fn kind(info: &str) -> Result<(Kind, Option<String>)> {
    let mut words: Vec<&str> = info.split_whitespace().collect();
    let named = words.iter().position(|word| word.starts_with('#'));
    let name = named.map(|at| words.remove(at).trim_start_matches('#').to_owned());
    let kind = match words.as_slice() {
        ["dockerfile", "before", rules @ ..] => {
            Kind::Before(rules.iter().map(|rule| (*rule).to_owned()).collect())
        }
        ["dockerfile", "after"] => Kind::After,
        ["dockerfile"] => Kind::Dockerfile,
        ["dockerfile", "fragment"] => Kind::Fragment,
        ["dockerignore"] => Kind::Ignore,
        ["sh"] => Kind::Shell,
        ["go"] => Kind::Go,
        ["yaml"] => Kind::Yaml,
        ["json"] => Kind::Json,
        ["toml"] => Kind::Toml,
        ["text"] => Kind::Message,
        ["decision"] => Kind::Decision,
        _ => bail!("no kind of block is called `{info}`; CONTRIBUTING.md has the list"),
    };
    Ok((kind, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_info_strings() {
        let before = |rules: &[&str]| Kind::Before(rules.iter().map(ToString::to_string).collect());
        assert_eq!(kind("dockerfile before").unwrap(), (before(&[]), None));
        assert_eq!(
            kind("dockerfile before no-user shell-form #one").unwrap(),
            (before(&["no-user", "shell-form"]), Some("one".to_owned()))
        );
        assert_eq!(kind("dockerfile after #two").unwrap(), (Kind::After, Some("two".to_owned())));
        for bad in ["", "console", "dockerfile ok", "sh x"] {
            assert!(kind(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn blocks_know_their_lines() {
        let blocks = all("a\n\n```sh\ndocker ps\n```\n\n```text\nx\n```\n", 10).unwrap();
        let lines: Vec<_> = blocks.iter().map(|block| block.line).collect();
        assert_eq!(lines, [12, 16]);
        assert_eq!(blocks[0].text, "docker ps\n");
        assert!(all("a\n\n    indented\n", 1).is_err());
    }
}
