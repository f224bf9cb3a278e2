//! Applies fixes: in order, without overlaps, and never to a text that then parses worse.

use crate::diagnostic::{Applicability, Edit, Fix};
use crate::report::{Settings, Workspace};
use crate::syntax;

/// Most rounds of [`apply_all`]; each round must make progress, so this is only a backstop.
const MAX_ROUNDS: usize = 16;

/// What came of applying fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The text afterwards.
    pub text: String,
    /// How many fixes were applied.
    pub applied: usize,
    /// Titles of fixes that were left out, because they touch what another one changes or would
    /// leave a text that parses worse.
    pub rejected: Vec<String>,
}

/// Applies `fixes` to `text` in the given order; of two that touch each other the first wins.
pub fn apply(text: &str, fixes: &[&Fix]) -> Applied {
    let mut accepted: Vec<&Edit> = Vec::new();
    let mut applied = 0;
    let mut rejected = Vec::new();
    for fix in fixes {
        if fix.edits.iter().any(|edit| touches(&accepted, edit)) {
            rejected.push(fix.title.clone());
            continue;
        }
        for edit in &fix.edits {
            let place = accepted.partition_point(|other| other.span < edit.span);
            accepted.insert(place, edit);
        }
        applied += 1;
    }
    let changed = edited(text, &accepted);
    if syntax::parse(&changed).errors.len() > syntax::parse(text).errors.len() {
        let rejected = fixes.iter().map(|fix| fix.title.clone()).collect();
        return Applied { text: text.to_owned(), applied: 0, rejected };
    }
    Applied { text: changed, applied, rejected }
}

/// Applies all fixes that are at least as trustworthy as `threshold`, again and again until none
/// is left: one fix may make room for another.
pub fn apply_all(workspace: &Workspace, settings: &Settings, threshold: Applicability) -> Applied {
    let mut current = workspace.clone();
    let mut applied = 0;
    for _ in 0..MAX_ROUNDS {
        let report = crate::analyze(&current, settings);
        let fixes = report.diagnostics.iter().filter_map(|found| found.fix.as_ref());
        let fixes: Vec<_> = fixes.filter(|fix| fix.applicability >= threshold).collect();
        let round = apply(&current.dockerfile, &fixes);
        if round.applied == 0 || round.text == current.dockerfile {
            return Applied { applied, ..round };
        }
        applied += round.applied;
        current.dockerfile = round.text;
    }
    Applied { text: current.dockerfile, applied, rejected: Vec::new() }
}

/// Whether `edit` overlaps one of the sorted `accepted`. Edits at the same place overlap too:
/// nobody could say which comes first.
fn touches(accepted: &[&Edit], edit: &Edit) -> bool {
    let after = accepted.partition_point(|other| other.span.start <= edit.span.start);
    let before = after.checked_sub(1).and_then(|index| accepted.get(index));
    let overlaps = |other: &&&Edit| {
        let (a, b) = (other.span, edit.span);
        a == b || (a.start < b.end && b.start < a.end) || a.start == b.start
    };
    before.iter().any(overlaps) || accepted.get(after).iter().any(overlaps)
}

fn edited(text: &str, edits: &[&Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut position = 0;
    for edit in edits {
        out.push_str(text.get(position..edit.span.start as usize).unwrap_or_default());
        out.push_str(&edit.text);
        position = (edit.span.end as usize).max(position);
    }
    out.push_str(text.get(position..).unwrap_or_default());
    out
}
