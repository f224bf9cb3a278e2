//! Whether a Dockerfile meets the conditions of a lesson.

use super::Goal;
use crate::diagnostic::{Diagnostic, Level};
use crate::report::{Report, Settings, Workspace};
use crate::size::{Verdict, in_words_rounded_up};
use crate::source::Span;

/// How a condition stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stand {
    /// Whether it is met.
    pub met: bool,
    /// What is the case now, in a few words.
    pub now: String,
    /// The first place that stands in its way, where there is one.
    pub span: Option<Span>,
}

/// The settings under which a lesson is judged. It is not solved by settings of one's own, nor by a
/// comment that silences a rule.
pub fn settings(goals: &[Goal]) -> Settings {
    let rule = |goal: &Goal| match goal {
        Goal::Without(rule) | Goal::Finds(rule) => Some((rule.clone(), Level::Warning)),
        _ => None,
    };
    let levels = goals.iter().filter_map(rule).collect();
    Settings { levels, disable_ignore_pragma: true, ..Settings::default() }
}

/// Judges a Dockerfile: how each condition stands, and whether the lesson is solved.
pub fn judge(goals: &[Goal], text: &str) -> (Vec<Stand>, bool) {
    let workspace = Workspace { dockerfile: text.to_owned(), ..Workspace::default() };
    let report = crate::analyze(&workspace, &settings(goals));
    let found: Vec<&Diagnostic> = report.diagnostics.iter().collect();
    let stands: Vec<Stand> = goals.iter().map(|goal| goal.stand(text, &report, &found)).collect();
    let solved = is_built(&report) && stands.iter().all(|stand| stand.met);
    (stands, solved)
}

/// Whether there is something to build, and it would be built: deleting everything is no solution.
pub fn is_built(report: &Report) -> bool {
    !report.stages.is_empty() && report.verdict != Verdict::WouldNotBuild
}

impl Goal {
    /// What is asked for, in one sentence without a full stop.
    pub fn task(&self) -> String {
        match self {
            Self::Without(rule) => format!("`{rule}` finds nothing"),
            Self::Finds(rule) => format!("`{rule}` finds something"),
            Self::Verdict(name) => {
                let asked = match name.as_str() {
                    "starts" => "A container starts",
                    "starts-after-edits" => "A container lacks only a little to start",
                    "would-not-start" => "The image is built, and no container starts",
                    _ => "The build is refused",
                };
                asked.to_owned()
            }
            Self::AtMostUnpacked(most) => {
                format!("The image has {} at most, unpacked", in_words_rounded_up(*most))
            }
            Self::Keeps(words) => format!("`{words}` is still there"),
        }
    }

    /// How it stands in this text; `found` is what the rules found in it.
    pub fn stand(&self, text: &str, report: &Report, found: &[&Diagnostic]) -> Stand {
        match self {
            Self::Without(rule) | Self::Finds(rule) => {
                let mut of_rule = found.iter().filter(|found| found.is_of(rule));
                let first = of_rule.next();
                let met = first.is_some() == matches!(self, Self::Finds(_));
                let now = match (first, of_rule.count()) {
                    (None, _) => "nothing found".to_owned(),
                    (Some(_), 0) => "found once".to_owned(),
                    (Some(_), more) => format!("found {} times", more + 1),
                };
                Stand { met, now, span: first.filter(|_| !met).map(|found| found.span) }
            }
            Self::Verdict(name) => {
                let now = match report.verdict {
                    Verdict::Starts => "it starts",
                    Verdict::StartsAfterEdits => "it starts, but lacks something",
                    Verdict::WouldNotStart => "it would not start",
                    Verdict::WouldNotBuild => "it would not be built",
                    Verdict::Unknown => "the text does not tell",
                };
                let met = report.verdict.name() == name;
                let reason = report.reasons.iter().find_map(|reason| reason.finding.as_ref());
                let span = reason.filter(|_| !met).map(|found| found.span);
                Stand { met, now: now.to_owned(), span }
            }
            Self::AtMostUnpacked(most) => {
                let unpacked = report.estimate.as_ref().and_then(|estimate| estimate.size.unpacked);
                let met = unpacked.is_some_and(|range| range.likely <= *most);
                let now = unpacked.map_or_else(
                    || "the size is not known".to_owned(),
                    |range| format!("about {}", in_words_rounded_up(range.likely)),
                );
                Stand { met, now, span: None }
            }
            Self::Keeps(words) => {
                let met = text.contains(words.as_str());
                Stand { met, now: if met { "there" } else { "missing" }.to_owned(), span: None }
            }
        }
    }
}
