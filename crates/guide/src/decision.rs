//! Decision tables: what somebody needs, and what they should then choose.
//!
//! ```toml
//! question = "Which base is right for me?"
//! [[answer]]
//! when = "Pure Go, nothing to debug with"
//! choose = "distroless static"
//! why = "Certificates, zone data and a user, and no shell."
//! recipe = "base = gcr.io/distroless/static-debian13:nonroot"
//! ```
//!
//! An answer leads to a Dockerfile: to what the builder writes for a recipe (`key = value`, a line for
//! each field that is not as usual), or to a block of the chapter by its name.

use anyhow::{Context, Result, bail, ensure};
use engine::builder::{Recipe, render};
use serde::Deserialize;

use crate::block::Block;

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// What is to be decided.
    pub question: String,
    /// What may be the case, most common first.
    #[serde(rename = "answer")]
    pub answers: Vec<Answer>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// What is the case.
    pub when: String,
    /// What to choose then.
    pub choose: String,
    /// Why, in one sentence.
    pub why: String,
    /// The recipe that the builder makes a Dockerfile of.
    pub recipe: Option<String>,
    /// The name of a block of the chapter that shows it.
    pub dockerfile: Option<String>,
    /// Slug of the chapter that says more.
    pub chapter: Option<String>,
}

impl Decision {
    /// Reads the text of a block.
    pub fn parse(text: &str) -> Result<Self> {
        let decision: Self = toml::from_str(text)?;
        ensure!(decision.answers.len() > 1, "one answer is no decision");
        Ok(decision)
    }
}

impl Answer {
    /// The Dockerfile that it leads to.
    pub fn text(&self, blocks: &[Block]) -> Result<Option<String>> {
        if let Some(recipe) = &self.recipe {
            let (recipe, problems) = Recipe::from_text(recipe);
            if let Some(problem) = problems.into_iter().chain(recipe.problems()).next() {
                bail!("{}: {}", problem.field, problem.message);
            }
            return Ok(Some(render(&recipe).file("Dockerfile").to_owned()));
        }
        let Some(name) = &self.dockerfile else { return Ok(None) };
        let named = blocks.iter().find(|block| block.name.as_ref() == Some(name));
        let block = named.with_context(|| format!("no block is called #{name}"))?;
        ensure!(block.is_dockerfile(), "#{name} is no whole Dockerfile");
        Ok(Some(block.text.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_leads_to_a_block_that_exists() {
        let text = "question = \"Q?\"\n[[answer]]\nwhen = \"a\"\nchoose = \"b\"\nwhy = \"c\"\n\
                    dockerfile = \"one\"\n[[answer]]\nwhen = \"d\"\nchoose = \"e\"\nwhy = \"f\"\n";
        let decision = Decision::parse(text).unwrap();
        let blocks = crate::block::all("```dockerfile #one\nFROM a:1\n```\n", 1).unwrap();
        assert_eq!(decision.answers[0].text(&blocks).unwrap(), Some("FROM a:1\n".to_owned()));
        assert_eq!(decision.answers[1].text(&blocks).unwrap(), None);
        assert!(decision.answers[0].text(&[]).is_err());
        let recipe =
            |text: &str| Answer { recipe: Some(text.to_owned()), ..decision.answers[1].clone() };
        let text = recipe("base = scratch").text(&[]).unwrap().unwrap();
        assert!(text.contains("FROM scratch"), "{text}");
        assert!(recipe("bass = scratch").text(&[]).is_err());
        assert!(Decision::parse("question = \"Q?\"\nanswer = []\n").is_err());
    }
}
