//! Whether the container would start, on the base in use or on another one.
//!
//! What the rules found out decides first: each reason of theirs has its place, its fix and its page.
//! Otherwise what starts must be known to be there. Speaks only on certainty.

use super::Verdict;
use super::needs::Needs;
use crate::diagnostic::{Diagnostic, Spoils};
use crate::image::{BaseFacts, Image, Machine, Started};
use crate::model::{Model, Stage};
use crate::report::{Project, Reason};
use crate::syntax::{Keyword, Refusal};

/// Most reasons of one kind that are told.
const MOST: usize = 8;

/// The verdict on the Dockerfile as it stands; `decisive` is what the rules say about it.
pub fn verdict(
    model: &Model<'_>,
    refusals: &[Refusal],
    decisive: &[Diagnostic],
    images: &[Image],
    project: &Project,
) -> (Verdict, Vec<Reason>) {
    if !refusals.is_empty() {
        let reasons = refusals.iter().take(MOST).map(|refusal| refusal.message.clone().into());
        return (Verdict::WouldNotBuild, reasons.collect());
    }
    let Some(stage) = model.final_stage().filter(|_| !model.fragment) else {
        return (Verdict::Unknown, Vec::new());
    };
    let Some(mut needs) = Needs::of(stage, images) else { return (Verdict::Unknown, Vec::new()) };
    needs.platform = match &needs.image.machine {
        Machine::Fixed(_) => model.root(stage).platform.as_deref().map(str::to_owned),
        _ => project.platform.clone(),
    };
    let found = |spoils: Spoils| -> Vec<Reason> {
        let counts = |found: &&Diagnostic| counts(found, spoils, model, stage, needs.image);
        decisive.iter().filter(counts).take(MOST).map(Reason::from).collect()
    };
    for (spoils, verdict) in
        [(Spoils::Build, Verdict::WouldNotBuild), (Spoils::Start, Verdict::WouldNotStart)]
    {
        let reasons = found(spoils);
        if !reasons.is_empty() {
            return (verdict, reasons);
        }
    }
    let base = &needs.image.base;
    let mut reasons = found(Spoils::Maybe);
    let mut said = Vec::new();
    let mut verdict = needs.program_on(base, stage.base_text(), &mut said);
    if verdict == Verdict::Starts
        && let Some(user) = needs.stranger()
    {
        said = vec![format!("whether there is a user `{user}`, the text does not tell")];
        verdict = Verdict::Unknown;
    }
    if verdict == Verdict::Starts && !reasons.is_empty() {
        verdict = Verdict::Unknown;
    }
    let mut lacks = found(Spoils::Use);
    let mut data = Vec::new();
    let runs = needs.started != Started::OfBase;
    let lacks_data = runs && needs.lacks_data(base, project, &mut data);
    if verdict == Verdict::Starts && (lacks_data || !lacks.is_empty()) {
        verdict = Verdict::StartsAfterEdits;
    }
    let data = data.into_iter().map(Reason::from);
    // What has to be done comes first, what is merely worth knowing last.
    match verdict {
        Verdict::StartsAfterEdits => {
            reasons.append(&mut lacks);
            reasons.extend(data);
        }
        _ => {
            reasons.extend(said.into_iter().map(Reason::from));
            reasons.append(&mut lacks);
            reasons.extend(data);
        }
    }
    (verdict, reasons)
}

/// Whether a finding speaks of the image that ships: of a stage that is built at all, or of one whose
/// CMD, ENTRYPOINT or USER the final image has.
fn counts(
    found: &Diagnostic,
    spoils: Spoils,
    model: &Model<'_>,
    last: &Stage<'_>,
    image: &Image,
) -> bool {
    let Some(impact) = found.impact.filter(|impact| impact.spoils == spoils) else { return false };
    let Some(stage) = model.stages.get(impact.stage) else { return false };
    let in_force = || {
        let entries = [&image.entrypoint, &image.cmd];
        let mut places = entries.into_iter().flatten().map(|entry| entry.span);
        let user = image.user.as_ref().map(|user| user.span);
        places.any(|place| place.contains(found.span)) || user == Some(found.span)
    };
    match spoils {
        Spoils::Build => stage.reachable,
        Spoils::Start | Spoils::Maybe => stage.index == last.index || (stage.shipped && in_force()),
        // Of several health checks the last one counts.
        Spoils::Use => {
            let mut checks = stage.steps_of(Keyword::Healthcheck);
            let own = checks.find(|step| step.instruction.span().contains(found.span));
            stage.shipped && own.is_none_or(|own| image.healthcheck == Some(own.instruction.span()))
        }
    }
}

/// Whether CA certificates are in the image of a stage; `None` where nobody knows what its base has.
pub(crate) fn has_certificates(stage: &Stage<'_>, images: &[Image]) -> Option<bool> {
    let needs = Needs::of(stage, images)?;
    match needs.image.base {
        _ if needs.brings_certificates => Some(true),
        BaseFacts::Scratch => Some(false),
        BaseFacts::Known(found) => found.image.ca_certificates,
        BaseFacts::Unknown => None,
    }
}
