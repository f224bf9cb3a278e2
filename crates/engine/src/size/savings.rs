//! What would make the image smaller, by how much, and at what price.
//!
//! Each proposal is the fix of a finding, or a move to another base; what it saves is the difference
//! of two estimates, so nothing here is reckoned twice.

use super::{Size, Verdict, estimate, table};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::fix;
use crate::moves;
use crate::order;
use crate::report::Workspace;
use crate::simulation::simulated;
use crate::source::Span;

/// Savings below that many bytes are not worth a line.
const LEAST: u64 = 1_000;

/// Most fixes that are tried.
const MOST: usize = 60;

/// One way to a smaller image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saving {
    /// What there is to save, in one sentence without a full stop.
    pub why: String,
    /// What is done, as the label of a button.
    pub title: String,
    /// The rule whose fix it is; `None` for another base.
    pub rule: Option<&'static str>,
    /// The base to go to.
    pub base: Option<String>,
    /// What it costs, or what else changes, one sentence each.
    pub price: Vec<String>,
    /// The words that it is about.
    pub span: Span,
    /// Likely bytes saved if it is done alone.
    pub alone: Saved,
    /// The same, if all before it in the list are done already.
    pub next: Saved,
    /// The edits, if it is done alone; none where others have to come first.
    pub edits: Vec<Edit>,
}

/// Likely bytes by which an image becomes smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Saved {
    /// Of the files.
    pub unpacked: u64,
    /// Of what a pull transfers.
    pub compressed: u64,
    /// Of the disk usage that Docker 29 shows.
    pub disk: u64,
}

impl Saved {
    fn between(before: Size, after: Size) -> Self {
        let less = |before: Option<super::Range>, after: Option<super::Range>| {
            let (before, after) =
                (before.map(|range| range.likely), after.map(|range| range.likely));
            before.zip(after).map_or(0, |(before, after)| before.saturating_sub(after))
        };
        Self {
            unpacked: less(before.unpacked, after.unpacked),
            compressed: less(before.compressed, after.compressed),
            disk: less(before.disk(), after.disk()),
        }
    }
}

/// All ways to a smaller image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Savings {
    /// The proposals, largest first; another base comes last.
    pub each: Vec<Saving>,
    /// The text after all of them.
    pub text: String,
    /// The size now.
    pub before: Size,
    /// The size of that text.
    pub after: Size,
}

/// Looks for what makes the image smaller, among the fixes of findings in the text of `workspace`,
/// and the bases of the catalogue. `None` where no size is known.
pub fn savings(workspace: &Workspace, findings: &[&Diagnostic]) -> Option<Savings> {
    let before = sized(workspace, &workspace.dockerfile)?;
    let mut each: Vec<Saving> = Vec::new();
    for found in findings.iter().filter(|found| found.fix.is_some()).take(MOST) {
        let Some(repair) = found.fix.as_ref() else { continue };
        if repair.applicability == Applicability::Manual {
            continue;
        }
        let Some(after) = sized(workspace, &fix::edit(&workspace.dockerfile, &repair.edits)) else {
            continue;
        };
        let alone = Saved::between(before, after);
        let price = match repair.applicability {
            Applicability::Safe => Vec::new(),
            _ => vec!["the image may behave otherwise; look at the finding".to_owned()],
        };
        if alone.unpacked >= LEAST {
            each.push(Saving {
                why: found.message.clone(),
                title: repair.title.clone(),
                rule: Some(found.rule),
                base: None,
                price,
                span: found.span,
                alone,
                next: Saved::default(),
                edits: repair.edits.clone(),
            });
        }
    }
    order::by_number(&mut each, |saving| u64::MAX - saving.alone.unpacked);
    let mut text = workspace.dockerfile.clone();
    let mut size = before;
    let chosen: Vec<Saving> = std::mem::take(&mut each);
    let repairs: Vec<_> = chosen.iter().map(as_fix).collect();
    for (index, mut saving) in chosen.iter().cloned().enumerate() {
        let so_far: Vec<_> = repairs.iter().take(index + 1).collect();
        let after = fix::apply(&workspace.dockerfile, &so_far).text;
        let Some(now) = sized(workspace, &after) else { continue };
        saving.next = Saved::between(size, now);
        (text, size) = (after, now);
        each.push(saving);
    }
    if let Some((saving, after, now)) = smaller_base(workspace, before, &text, size) {
        each.push(saving);
        (text, size) = (after, now);
    }
    Some(Savings { each, text, before, after: size })
}

fn as_fix(saving: &Saving) -> Fix {
    Fix {
        title: saving.title.clone(),
        applicability: Applicability::Unsafe,
        edits: saving.edits.clone(),
    }
}

/// The smallest base on which the improved text starts, with the text on it.
fn smaller_base(
    workspace: &Workspace,
    before: Size,
    text: &str,
    size: Size,
) -> Option<(Saving, String, Size)> {
    let improved = Workspace { dockerfile: text.to_owned(), ..workspace.clone() };
    let project = &workspace.project;
    let rows = simulated(text, project, |model, images| {
        let own = super::estimate(model, images, project);
        table(model, images, project, own.as_ref(), Verdict::Unknown, &[])
    });
    let starts = |verdict| matches!(verdict, Verdict::Starts | Verdict::StartsAfterEdits);
    let rows = rows.into_iter().filter(|row| row.movable && starts(row.verdict));
    let row = rows.min_by_key(|row| row.size.unpacked.map_or(u64::MAX, |range| range.likely))?;
    let next = Saved::between(size, row.size);
    if next.unpacked < LEAST {
        return None;
    }
    let edit = moves::to_base(&improved, &row.reference).ok()?;
    let after = fix::edit(text, &edit.edits);
    // Before the other savings there may be no way to that base.
    let at_once = moves::to_base(workspace, &row.reference).map(|edit| edit.edits);
    let edits = at_once.unwrap_or_default();
    let there = fix::edit(&workspace.dockerfile, &edits);
    let alone =
        sized(workspace, &there).map_or_else(Saved::default, |after| Saved::between(before, after));
    let saving = Saving {
        why: "most of what the base brings is not needed".to_owned(),
        title: format!("Ship on {}", row.title),
        rule: None,
        base: Some(row.reference),
        price: edit.notes,
        span: edit.edits.first().map_or(Span::at(0), |edit| edit.span),
        alone,
        next,
        edits,
    };
    Some((saving, after, row.size))
}

/// The size of the final image of another text.
fn sized(workspace: &Workspace, text: &str) -> Option<Size> {
    let project = &workspace.project;
    let found = simulated(text, project, |model, images| estimate(model, images, project));
    Some(found?.size).filter(|size| !size.is_unknown())
}
