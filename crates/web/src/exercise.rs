//! An exercise: rules that must find something in a Dockerfile, or must no longer do so.

use std::rc::Rc;

use engine::size::Verdict;

use crate::analysis::Analysis;

/// What has to be reached for one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// The rule, by name or code.
    pub rule: Rc<str>,
    /// Whether the rule is to find something; else it is to find nothing more.
    pub found: bool,
    /// Whether it has found something at some time: what was never there cannot be mended.
    seen: bool,
    /// Whether it is reached.
    pub reached: bool,
}

/// All goals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exercise {
    /// One for each rule.
    pub goals: Vec<Goal>,
    /// Whether all are reached at once, in a file that would still be built.
    pub solved: bool,
}

impl Exercise {
    /// An exercise, unless it is about nothing.
    pub fn new<'a>(rules: impl Iterator<Item = (&'a str, bool)>) -> Option<Self> {
        let goal = |(rule, found): (&str, bool)| Goal {
            rule: rule.into(),
            found,
            seen: false,
            reached: false,
        };
        let goals: Vec<_> = rules.map(goal).collect();
        (!goals.is_empty()).then_some(Self { goals, solved: false })
    }

    /// Looks at a new analysis.
    pub fn judge(&mut self, analysis: &Analysis) {
        for goal in &mut self.goals {
            let now = analysis.findings.iter().any(|finding| finding.is_of(&goal.rule));
            goal.seen |= now;
            goal.reached = if goal.found { now } else { goal.seen && !now };
        }
        let report = &analysis.report;
        let builds = !report.stages.is_empty() && report.verdict != Verdict::WouldNotBuild;
        self.solved = builds && self.goals.iter().all(|goal| goal.reached);
    }

    /// The rules it is about.
    pub fn rules(&self) -> impl Iterator<Item = &Rc<str>> {
        self.goals.iter().map(|goal| &goal.rule)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use engine::{Project, Settings};

    fn solved(rules: &[(&str, bool)], texts: &[&str]) -> Vec<bool> {
        let mut exercise = Exercise::new(rules.iter().copied()).unwrap();
        let judge = |text: &&str| {
            let (text, project) = ((*text).into(), Project::default());
            exercise.judge(&Analysis::of(text, None, &project, &Settings::default()));
            exercise.solved
        };
        texts.iter().map(judge).collect()
    }

    #[test]
    fn what_was_found_must_be_gone() {
        let texts = ["FROM golang:1.26\n", "FROM golang\n", "FROM golang:1.26\n"];
        assert_eq!(solved(&[("DL3006", false)], &texts), [false, false, true]);
        assert_eq!(solved(&[("untagged-base", false)], &texts), [false, false, true]);
    }

    #[test]
    fn deleting_all_or_breaking_it_is_no_solution() {
        let texts = ["FROM golang\n", "", "FORM golang:1\n", "FROM golang:1.26\nFORM a\n"];
        assert_eq!(solved(&[("DL3006", false)], &texts), [false; 4]);
    }

    #[test]
    fn what_is_to_be_found_counts_while_it_is_there() {
        let texts = ["FROM golang:1.26\n", "FROM golang\n", "FROM golang:1.26\n"];
        assert_eq!(solved(&[("DL3006", true)], &texts), [false, true, false]);
    }
}
