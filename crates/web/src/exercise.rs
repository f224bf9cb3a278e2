//! An exercise: what has to be reached, and how it stands. The engine judges.

use std::rc::Rc;

use engine::diagnostic::Diagnostic;
use engine::lesson::{Goal, Stand};

use crate::analysis::Analysis;
use crate::services::engine as door;

/// One thing that has to be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aim {
    /// What it is.
    pub goal: Goal,
    /// How it stands.
    pub stand: Stand,
    /// Whether it has been open at some time: what was never there cannot be mended.
    was_open: bool,
}

impl Aim {
    /// Whether it is reached.
    pub const fn reached(&self) -> bool {
        self.stand.met && self.was_open
    }
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exercise {
    /// What has to be reached.
    pub aims: Vec<Aim>,
    /// Whether all is reached at once, in a file that would still be built.
    pub solved: bool,
    /// Whether it is a lesson, which is judged under settings of its own.
    is_lesson: bool,
}

impl Exercise {
    /// An exercise of an embedding page about rules, to find something or to be mended, unless it is
    /// about nothing.
    pub fn new<'a>(rules: impl Iterator<Item = (&'a str, bool)>) -> Option<Self> {
        let aim = |(rule, found): (&str, bool)| {
            let goal = if found { Goal::Finds } else { Goal::Without };
            Aim { goal: goal(rule.to_owned()), stand: Stand::default(), was_open: found }
        };
        let aims: Vec<_> = rules.map(aim).collect();
        (!aims.is_empty()).then_some(Self { aims, solved: false, is_lesson: false })
    }

    /// The exercise of a lesson.
    pub fn of_lesson(goals: &[Goal]) -> Self {
        let aim = |goal: &Goal| Aim { goal: goal.clone(), stand: Stand::default(), was_open: true };
        Self { aims: goals.iter().map(aim).collect(), solved: false, is_lesson: true }
    }

    /// Looks at a new analysis.
    pub fn judge(&mut self, analysis: &Analysis) {
        if self.is_lesson {
            let goals: Vec<Goal> = self.aims.iter().map(|aim| aim.goal.clone()).collect();
            let (stands, solved) = door::judge_lesson(&goals, &analysis.text);
            self.aims.iter_mut().zip(stands).for_each(|(aim, stand)| aim.stand = stand);
            self.solved = solved;
            return;
        }
        let found: Vec<&Diagnostic> = analysis.findings.iter().map(|it| &it.diagnostic).collect();
        for aim in &mut self.aims {
            aim.stand = door::stand(&aim.goal, &analysis.text, &analysis.report, &found);
            aim.was_open |= !aim.stand.met;
        }
        self.solved = door::is_built(&analysis.report) && self.aims.iter().all(Aim::reached);
    }

    /// The rules that it is about.
    pub fn rules(&self) -> impl Iterator<Item = &str> {
        self.aims.iter().filter_map(|aim| match &aim.goal {
            Goal::Without(rule) | Goal::Finds(rule) => Some(rule.as_str()),
            _ => None,
        })
    }

    /// How many are reached, and of how many, in words.
    pub fn in_words(&self) -> Rc<str> {
        let reached = self.aims.iter().filter(|aim| aim.reached()).count();
        match self.solved {
            true => "Solved".into(),
            false => format!("{reached} of {} met", self.aims.len()).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use engine::{Project, Settings};

    fn solved(exercise: &mut Exercise, texts: &[&str]) -> Vec<bool> {
        let judge = |text: &&str| {
            let (text, project) = ((*text).into(), Project::default());
            let settings = Settings { ignored: vec!["no-user".into()], ..Settings::default() };
            exercise.judge(&Analysis::of(text, None, &project, &settings));
            exercise.solved
        };
        texts.iter().map(judge).collect()
    }

    fn about(rules: &[(&str, bool)], texts: &[&str]) -> Vec<bool> {
        solved(&mut Exercise::new(rules.iter().copied()).unwrap(), texts)
    }

    #[test]
    fn what_was_found_must_be_gone() {
        let texts = ["FROM golang:1.26\n", "FROM golang\n", "FROM golang:1.26\n"];
        assert_eq!(about(&[("DL3006", false)], &texts), [false, false, true]);
        assert_eq!(about(&[("untagged-base", false)], &texts), [false, false, true]);
    }

    #[test]
    fn deleting_all_or_breaking_it_is_no_solution() {
        let texts = ["FROM golang\n", "", "FORM golang:1\n", "FROM golang:1.26\nFORM a\n"];
        assert_eq!(about(&[("DL3006", false)], &texts), [false; 4]);
    }

    #[test]
    fn what_is_to_be_found_counts_while_it_is_there() {
        let texts = ["FROM golang:1.26\n", "FROM golang\n", "FROM golang:1.26\n"];
        assert_eq!(about(&[("DL3006", true)], &texts), [false, true, false]);
    }

    #[test]
    fn a_lesson_is_judged_whatever_the_settings_say() {
        let goals = [Goal::Without("no-user".into()), Goal::Keeps("COPY".into())];
        let mut exercise = Exercise::of_lesson(&goals);
        let root = "FROM alpine:3.22\nCOPY a /a\nENTRYPOINT [\"/a\"]\n";
        let user = root.replace("ENTRY", "USER 65532\nENTRY");
        assert_eq!(solved(&mut exercise, &[root, &user, "", root]), [false, true, false, false]);
        assert_eq!(&*exercise.in_words(), "1 of 2 met");
        assert_eq!(exercise.rules().collect::<Vec<_>>(), ["no-user"]);
        let span = exercise.aims[0].stand.span.unwrap();
        assert!(!span.of(root).is_empty());
    }
}
