//! The same program on each base image that makes sense for it.

use super::estimate::{estimate, surroundings};
use super::needs::Needs;
use super::parts::{self, Surroundings};
use super::verdict::verdict;
use super::{BaseRow, Estimate, Part, Size, Verdict, known_sum};
use crate::catalog::{self, Candidate};
use crate::fix;
use crate::image::{Addition, BaseFacts, Binary, Image, What, chain};
use crate::model::{Base, Model, Stage};
use crate::moves::{self, Move};
use crate::report::{Project, Reason};
use crate::simulation::{Endings, Simulations, simulated};
use crate::syntax::Dockerfile;
use crate::text::Text;

/// Longer texts are not moved: each row reads the whole of it.
const MOST_TEXT: usize = 200_000;
const TOO_LONG: &str = "the text is too long to be moved";

/// The rows of the table. For a program that the build has linked these are the image in use and all
/// candidates of the catalogue; for anything else, of which nothing is known that could move, the
/// image in use.
///
/// `before`, `verdict` and `reasons` are those of the Dockerfile as it stands.
pub fn table(
    model: &Model<'_>,
    images: &[Image],
    project: &Project,
    before: Option<&Estimate>,
    verdict: Verdict,
    reasons: &[Reason],
) -> Vec<BaseRow> {
    let stage = model.final_stage().filter(|_| !model.fragment);
    let Some(stage) = stage else { return Vec::new() };
    let Some(needs) = Needs::of(stage, images) else { return Vec::new() };
    let around = surroundings(stage, needs.image, project);
    let mut rows: Vec<BaseRow> = Vec::new();
    let facts = moves::Facts::of(model.text, model, images, project);
    if let Some((program, facts)) = Program::of(images, stage, &around).zip(facts) {
        // Only programs of Go are shipped with the tool chain of Go.
        let single_stage = program.binary.go().is_some();
        let candidates = catalog::candidates().iter();
        let plans: Vec<(&Candidate, Result<Move, String>)> = candidates
            .filter(|candidate| single_stage || !candidate.single_stage)
            .map(|candidate| {
                let plan = facts.plan(candidate);
                let short = model.text.len() <= MOST_TEXT;
                let plan =
                    plan.and_then(|edit| short.then_some(edit).ok_or_else(|| TOO_LONG.to_owned()));
                (candidate, plan)
            })
            .collect();
        let reached = plans.iter().filter_map(|(to, plan)| Some((*to, plan.as_ref().ok()?)));
        let mut moved = moved(model, images, project, reached.collect()).into_iter();
        rows.extend(plans.into_iter().filter_map(|(candidate, plan)| match plan {
            Ok(_) => moved.next()?,
            Err(reason) => program.on(candidate, &needs, &around, reason),
        }));
    }
    if let Some(current) = before.and_then(|found| current(model, found, verdict, reasons)) {
        match rows.iter_mut().find(|row| row.reference == current.reference) {
            Some(row) => *row = BaseRow { title: std::mem::take(&mut row.title), ..current },
            None => rows.insert(0, current),
        }
    }
    rows
}

/// The row of the image in use: the estimate itself.
fn current(
    model: &Model<'_>,
    estimate: &Estimate,
    verdict: Verdict,
    reasons: &[Reason],
) -> Option<BaseRow> {
    let base = estimate.layers.first()?;
    let source = base.parts.first().map(|part| part.source.to_string()).unwrap_or_default();
    let reference = bottom(model, model.final_stage()?)?.base_text().to_owned();
    Some(BaseRow {
        title: reference.clone(),
        reference,
        size: estimate.size,
        base: base.size,
        verdict,
        reasons: reasons.iter().map(|reason| reason.text.clone()).collect(),
        source,
        movable: false,
        current: true,
    })
}

/// The rows of the bases to which edits lead: what the text says after each of them.
fn moved(
    model: &Model<'_>,
    images: &[Image],
    project: &Project,
    moves: Vec<(&Candidate, &Move)>,
) -> Vec<Option<BaseRow>> {
    let endings = Endings::of(model);
    let texts: Vec<(String, Option<Dockerfile>)> = moves
        .iter()
        .map(|(_, edit)| {
            let text = fix::edit(model.text, &edit.edits);
            let first = edit.edits.first().map_or(u32::MAX, |edit| edit.span.start);
            let rest = endings.read(model, &text, first);
            (text, rest)
        })
        .collect();
    let mut simulations = Simulations::new(model, images, project);
    let rows = moves.into_iter().zip(&texts).map(|((candidate, edit), (text, rest))| {
        let read =
            |model: &Model<'_>, images: &[Image]| row(model, images, project, candidate, edit);
        match rest {
            Some(rest) => simulations.of(text, rest, read),
            None => simulated(text, project, read),
        }
    });
    rows.collect()
}

/// The row of a base, by the text after the move there.
fn row(
    model: &Model<'_>,
    images: &[Image],
    project: &Project,
    candidate: &Candidate,
    edit: &Move,
) -> Option<BaseRow> {
    let estimate = estimate(model, images, project)?;
    let (verdict, reasons) = verdict(model, &[], &[], images, project);
    let (verdict, reasons) = match verdict {
        Verdict::Starts if edit.notes.is_empty() => (verdict, Vec::new()),
        Verdict::Starts | Verdict::StartsAfterEdits => {
            (Verdict::StartsAfterEdits, edit.notes.clone())
        }
        other => (other, reasons.into_iter().map(|reason| reason.text).collect()),
    };
    Some(BaseRow {
        reference: candidate.reference.to_owned(),
        title: candidate.title.to_owned(),
        size: estimate.size,
        base: estimate.layers.first()?.size,
        verdict,
        reasons,
        source: candidate.image()?.cite(),
        movable: true,
        current: false,
    })
}

/// The stage at the bottom of the chain that ends in `stage`.
fn bottom<'m, 'a>(model: &'m Model<'a>, stage: &'m Stage<'a>) -> Option<&'m Stage<'a>> {
    let below = |stage: &&'m Stage<'a>| match stage.base {
        Base::Stage(parent) => model.stages.get(parent).filter(|parent| parent.index < stage.index),
        _ => None,
    };
    std::iter::successors(Some(stage), below).last()
}

/// What moves along when the base changes.
struct Program<'i> {
    /// What those additions of the final image come to that do not depend on its base.
    carried: Size,
    /// Packages that it installs.
    packages: Vec<Text>,
    binary: &'i Binary,
}

impl<'i> Program<'i> {
    fn of(images: &'i [Image], stage: &Stage<'_>, around: &Surroundings<'_>) -> Option<Self> {
        let layers = || chain(images, stage.index).flat_map(|image| &image.layers);
        let additions: Vec<&Addition> = layers().flat_map(|layer| &layer.additions).collect();
        let binary = additions.iter().find_map(|addition| match &addition.what {
            What::Binary(binary, _) => Some(binary),
            _ => None,
        })?;
        let moves = |addition: &&&Addition| {
            matches!(
                addition.what,
                What::Binary(..)
                    | What::Inline(_)
                    | What::Context { .. }
                    | What::Foreign(_)
                    | What::Outside(..)
                    | What::Again { .. }
            )
        };
        // A single stage holds the sources as well; elsewhere they stay behind.
        let built_here =
            additions.iter().any(|addition| matches!(addition.what, What::GoCaches { .. }));
        let stays =
            |addition: &&Addition| built_here && matches!(addition.what, What::Context { .. });
        let carried = additions.iter().filter(moves).copied().filter(|addition| !stays(addition));
        let carried: Vec<Part> = carried.map(|addition| parts::part(addition, around)).collect();
        let packages =
            chain(images, stage.index).flat_map(|image| image.packages.clone()).collect();
        Some(Self { carried: known_sum(&carried), packages, binary })
    }

    fn on(
        &self,
        candidate: &Candidate,
        needs: &Needs<'_>,
        around: &Surroundings<'_>,
        reason: String,
    ) -> Option<BaseRow> {
        let row = candidate.image()?;
        let (name, tag) = match candidate.reference.rsplit_once(':') {
            Some((name, tag)) if !tag.contains('/') => (name, Some(tag)),
            _ => (candidate.reference, None),
        };
        let found = catalog::base_image(name, tag)?;
        let facts =
            if row.reference == "scratch" { BaseFacts::Scratch } else { BaseFacts::Known(found) };
        let there = Surroundings { base: facts, ..*around };
        let base = row.size(around.platform);
        let mut size = base.plus(self.carried);
        if candidate.single_stage {
            let caches = What::GoCaches { modules: true, builds: true };
            let addition = Addition { what: caches, span: self.binary.built_by };
            size = size.plus(parts::part(&addition, &there).size);
        }
        let (verdict, mut reasons) = needs.on(&facts, candidate.reference, around.project);
        if !reasons.contains(&reason) {
            reasons.insert(0, reason);
        }
        let (size, missing) = self.with_packages(size, &facts, &there);
        if !missing.is_empty() {
            reasons.push(format!("the packages {} would have to be replaced", missing.join(", ")));
        }
        let verdict = match verdict {
            Verdict::Starts if !missing.is_empty() => Verdict::StartsAfterEdits,
            other => other,
        };
        Some(BaseRow {
            reference: candidate.reference.to_owned(),
            title: candidate.title.to_owned(),
            size,
            base,
            verdict,
            reasons,
            source: row.cite(),
            movable: false,
            current: false,
        })
    }

    /// Adds what certificates and time zones cost on a base that lacks them, and names the packages
    /// for which there is no such simple counterpart.
    fn with_packages(
        &self,
        size: Size,
        base: &BaseFacts,
        around: &Surroundings<'_>,
    ) -> (Size, Vec<&str>) {
        let row = base.row();
        let mut size = size;
        let mut missing = Vec::new();
        for package in &self.packages {
            let (fact, what) = match package.as_str() {
                "ca-certificates" => (row.and_then(|row| row.ca_certificates), What::Certificates),
                "tzdata" => (row.and_then(|row| row.time_zones), What::TimeZones("")),
                other => {
                    missing.push(other);
                    continue;
                }
            };
            if fact != Some(true) {
                let addition = Addition { what, span: self.binary.built_by };
                size = size.plus(parts::part(&addition, around).size);
            }
        }
        (size, missing)
    }
}
