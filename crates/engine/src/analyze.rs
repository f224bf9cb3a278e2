//! The façade: one call from text to report.

use crate::model::{Model, Stage, UseTarget};
use crate::order;
use crate::refuse;
use crate::report::{Report, Settings, StageSummary, Workspace};
use crate::rules;
use crate::shellcheck::ShellLinter;
use crate::simulation::simulated;
use crate::size::{self, BaseRow};
use crate::syntax::RefusalKind;

/// Reads, simulates and judges a Dockerfile. Never panics and takes time linear in the text.
pub fn analyze(workspace: &Workspace, settings: &Settings) -> Report {
    analyze_with(workspace, settings, None)
}

/// The same, with a linter for the scripts of RUN.
pub fn analyze_with(
    workspace: &Workspace,
    settings: &Settings,
    scripts: Option<&dyn ShellLinter>,
) -> Report {
    let project = &workspace.project;
    simulated(&workspace.dockerfile, project, |model, images| {
        let mut refusals = refuse::refusals(model);
        if settings.fragment {
            refusals.retain(|refusal| refusal.kind != RefusalKind::NoStage);
        }
        let found = rules::run(workspace, settings, model, &refusals, images, scripts);
        let decisive = &found.decisive;
        let (verdict, reasons) = size::verdict(model, &refusals, decisive, images, project);
        let estimate = size::estimate(model, images, project);
        let diagnostics = found.diagnostics;
        Report { diagnostics, stages: stages(model), estimate, verdict, reasons }
    })
}

/// The same program on each base image of the catalogue that makes sense for it. `report` is the one
/// on `workspace`.
///
/// Each row simulates a build of its own, so this is left to those who show the table.
pub fn bases(workspace: &Workspace, report: &Report) -> Vec<BaseRow> {
    let project = &workspace.project;
    simulated(&workspace.dockerfile, project, |model, images| {
        let (estimate, verdict) = (report.estimate.as_ref(), report.verdict);
        size::table(model, images, project, estimate, verdict, &report.reasons)
    })
}

fn stages(model: &Model<'_>) -> Vec<StageSummary> {
    let last = model.stages.len().saturating_sub(1);
    let summary = |stage: &Stage<'_>| {
        let stage_used = |target: &UseTarget| match target {
            UseTarget::Stage(index) => Some(*index),
            _ => None,
        };
        let mut uses: Vec<usize> =
            stage.uses.iter().filter_map(|found| stage_used(&found.target)).collect();
        order::by_number(&mut uses, |index| *index as u64);
        uses.dedup();
        StageSummary {
            index: stage.index,
            name: stage.from_view().and_then(|view| view.name.as_ref()).map(|n| n.text.to_string()),
            line: stage.from.instruction.start_line(),
            span: stage.span(),
            base: stage.base_text().to_owned(),
            parent: stage.parent(),
            uses,
            reachable: stage.reachable,
            is_final: stage.index == last,
        }
    };
    // The stage of a fragment is one that nobody wrote.
    let written = model.stages.iter().filter(|_| !model.fragment);
    written.map(summary).collect()
}
