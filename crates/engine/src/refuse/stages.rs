//! `--from`: numbers without stage, stages that come later, variables, and circles.

use crate::model::{Base, Stage, UseTarget};
use crate::source::Span;
use crate::syntax::{Refusal, RefusalKind};

/// Checks what one stage copies or mounts from.
pub(super) fn uses(stage: &Stage<'_>, found: &mut Vec<Refusal>) {
    for used in &stage.uses {
        let (kind, message) = match &used.target {
            UseTarget::NoSuchStage(number) => {
                (RefusalKind::StageIndex, format!("there is no stage with the number {number}"))
            }
            UseTarget::Variable => (
                RefusalKind::FromVariable,
                format!("`{}`: variables are not expanded here; name a stage with FROM", used.text),
            ),
            UseTarget::Itself => (
                RefusalKind::CopyFromSelf,
                format!("the stage copies from itself: `{}`", used.text),
            ),
            UseTarget::Stage(index) if *index > stage.index => {
                (RefusalKind::LaterStage, format!("the stage `{}` comes later", used.text))
            }
            UseTarget::Image(image) => {
                found.extend(super::reference::check(&image.text, used.span));
                continue;
            }
            UseTarget::Stage(_) => continue,
        };
        found.push(Refusal::new(kind, used.span, message));
    }
}

/// Finds stages that need each other. A FROM can only name an earlier stage, so a circle needs a
/// use of a later one; that use is named once, as the end of the circle.
pub(super) fn cycles(stages: &[Stage<'_>], found: &mut Vec<Refusal>) {
    let mut budget = MAX_VISITS;
    for stage in stages {
        for used in &stage.uses {
            let UseTarget::Stage(later) = used.target else { continue };
            if later > stage.index && reaches(stages, later, stage.index, &mut budget) {
                replace(found, used.span, &used.text);
            }
        }
    }
}

/// The later stage needs this one: that is a circle, and no longer only a wrong order.
fn replace(found: &mut Vec<Refusal>, span: Span, name: &str) {
    found.retain(|refusal| refusal.kind != RefusalKind::LaterStage || refusal.span != span);
    let message = format!("the stage `{name}` needs this one, so neither can be built first");
    found.push(Refusal::new(RefusalKind::StageCycle, span, message));
}

/// Most stages that all searches visit together; a file with more circles has other worries.
const MAX_VISITS: usize = 200_000;

/// Whether `from` needs `to`, directly or through others.
fn reaches(stages: &[Stage<'_>], from: usize, to: usize, budget: &mut usize) -> bool {
    let mut seen = std::collections::HashSet::new();
    let mut pending = vec![from];
    while let Some(index) = pending.pop() {
        if index == to {
            return true;
        }
        if *budget == 0 || !seen.insert(index) {
            continue;
        }
        *budget -= 1;
        let Some(stage) = stages.get(index) else { continue };
        if let Base::Stage(parent) = stage.base {
            pending.push(parent);
        }
        pending.extend(stage.uses.iter().filter_map(|used| match used.target {
            UseTarget::Stage(index) => Some(index),
            _ => None,
        }));
    }
    false
}
