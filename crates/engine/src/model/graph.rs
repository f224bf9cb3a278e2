//! Who copies from whom, and which stages the final image needs.

use super::reference::ImageReference;
use super::{Base, Stage};
use crate::source::Span;
use crate::suggest::lower;
use crate::syntax::{Body, Mount};
use crate::text::Text;
use std::collections::HashMap;

/// How a stage reads files of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UseKind {
    /// COPY --from.
    Copy,
    /// RUN --mount=from=.
    Mount,
}

/// Whose files are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UseTarget {
    /// A stage of this file.
    Stage(usize),
    /// The stage itself, which is a circle.
    Itself,
    /// A number that no stage has.
    NoSuchStage(u64),
    /// A name that no stage has: an image, or a build context given on the command line.
    Image(Box<ImageReference>),
    /// A variable, which BuildKit does not expand here.
    Variable,
}

/// One use of another stage or image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// Number of the step in the stage.
    pub step: usize,
    /// COPY or mount.
    pub kind: UseKind,
    /// The words that name the stage or image.
    pub span: Span,
    /// Those words.
    pub text: Text,
    /// What they mean.
    pub target: UseTarget,
}

/// Fills in the uses of each stage and marks the stages that the last one needs.
pub(super) fn connect(stages: &mut [Stage<'_>], names: &HashMap<String, usize>) {
    let count = stages.len();
    for stage in &mut *stages {
        stage.uses = uses(stage, names, count);
    }
    for index in 0..count {
        let parent = stages.get(index).and_then(Stage::parent);
        if let Some(parent) = parent.and_then(|parent| stages.get_mut(parent)) {
            parent.is_base = true;
        }
    }
    let mut shipped = count.checked_sub(1);
    while let Some(stage) = shipped.and_then(|index| stages.get_mut(index)) {
        stage.shipped = true;
        shipped = match stage.base {
            Base::Stage(parent) if parent < stage.index => Some(parent),
            _ => None,
        };
    }
    let mut pending: Vec<usize> = count.checked_sub(1).into_iter().collect();
    while let Some(index) = pending.pop() {
        let Some(stage) = stages.get_mut(index).filter(|stage| !stage.reachable) else { continue };
        stage.reachable = true;
        if let Base::Stage(parent) = stage.base {
            pending.push(parent);
        }
        pending.extend(stage.uses.iter().filter_map(|found| match found.target {
            UseTarget::Stage(index) => Some(index),
            _ => None,
        }));
    }
}

/// What a stage of `count` copies and mounts from.
pub(super) fn uses(stage: &Stage<'_>, names: &HashMap<String, usize>, count: usize) -> Vec<Use> {
    let mut uses = Vec::new();
    for (step, current) in stage.steps.iter().enumerate() {
        let statement = &current.instruction.statement;
        let from = statement.flag_value("from").filter(|from| !from.text.is_empty());
        if let (Body::Copy(_), Some(from)) = (&statement.body, from) {
            let target = resolve(&from.text, stage.index, names, count);
            let (span, text) = (from.span, from.text.clone());
            uses.push(Use { step, kind: UseKind::Copy, span, text, target });
        }
        for flag in &statement.flags {
            let (Some(mount), Some(value)) = (Mount::of(flag), &flag.value) else { continue };
            if let (Some(from), Some(range)) = (mount.get("from"), mount.range("from")) {
                // A mount takes names only; a number would be the name of an image.
                let text = Text::from(from);
                let number = from.bytes().all(|byte| byte.is_ascii_digit());
                let target =
                    if number { image(&text) } else { resolve(&text, stage.index, names, count) };
                let span = value.part(&current.instruction.line, &range);
                uses.push(Use { step, kind: UseKind::Mount, span, text, target });
            }
        }
    }
    uses
}

fn resolve(text: &Text, current: usize, names: &HashMap<String, usize>, count: usize) -> UseTarget {
    let stage = |index: usize| {
        if index == current { UseTarget::Itself } else { UseTarget::Stage(index) }
    };
    if text.contains('$') {
        return UseTarget::Variable;
    }
    if let Ok(number) = text.parse::<u64>() {
        return match usize::try_from(number) {
            Ok(index) if index < count => stage(index),
            _ => UseTarget::NoSuchStage(number),
        };
    }
    match names.get(&lower(text)) {
        Some(index) => stage(*index),
        None => image(text),
    }
}

fn image(text: &Text) -> UseTarget {
    UseTarget::Image(Box::new(ImageReference::parse(text)))
}
