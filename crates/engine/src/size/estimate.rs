//! The estimate of the image that ships.

use super::parts::{self, Surroundings};
use super::{Estimate, Layer, Part, Size, known_sum};
use crate::catalog::{Match, Platform};
use crate::image::{self, BaseFacts, Image, What};
use crate::model::{Model, Stage};
use crate::report::Project;
use crate::text::Text;
use std::borrow::Cow;

/// Longest title of a layer in characters.
const TITLE: usize = 100;

/// How many packages are remembered that may have brought a part of what comes later.
const REMEMBERED: usize = 100;

/// Estimates the final image; `None` where the text has no stage.
pub fn estimate(model: &Model<'_>, images: &[Image], project: &Project) -> Option<Estimate> {
    let stage = model.final_stage().filter(|_| !model.fragment)?;
    let mut chain: Vec<(&Image, &Stage<'_>)> = Vec::new();
    let mut below = Some(stage.index);
    for image in image::chain(images, stage.index) {
        chain.push((image, model.stages.get(below?)?));
        below = image.parent;
    }
    chain.reverse();
    let around = surroundings(stage, images.get(stage.index)?, project);
    let (bottom, first) = chain.first()?;
    let mut layers = vec![base_layer(bottom.base, first, &around)];
    let mut installed: Vec<&str> = Vec::new();
    for (image, stage) in chain {
        for (layer, step) in image.layers.iter().zip(&stage.steps) {
            if layer.additions.is_empty() {
                continue;
            }
            let mut parts: Vec<Part> = Vec::with_capacity(layer.additions.len());
            for addition in &layer.additions {
                let around = Surroundings { installed: &installed, ..around };
                parts.push(parts::part(addition, &around));
                if let What::Packages { names, .. } = &addition.what {
                    remember(names, &mut installed);
                }
            }
            // What is unknown of a hundred files is said once.
            parts.dedup_by(|next, part| part.size.is_unknown() && next == part);
            layers.push(Layer {
                line: layer.line,
                span: layer.span,
                title: title(&step.instruction.line.text),
                size: known_sum(&parts),
                parts,
            });
        }
    }
    let base = layers.first().map_or(Size::UNKNOWN, |layer| layer.size);
    let total = layers.iter().skip(1).fold(base, |size, layer| size.plus(layer.size));
    let open = layers.iter().flat_map(|layer| &layer.parts).any(|part| part.size.is_unknown());
    Some(Estimate { size: total, open, layers })
}

/// Notes the first packages of an image; with more of them, each new list would take longer.
fn remember<'i>(names: &'i [Text], installed: &mut Vec<&'i str>) {
    for name in names.iter().map(Text::as_str) {
        if installed.len() < REMEMBERED && !installed.contains(&name) {
            installed.push(name);
        }
    }
}

/// What the bytes of a stage depend on.
pub(super) fn surroundings<'p>(
    stage: &Stage<'_>,
    image: &Image,
    project: &'p Project,
) -> Surroundings<'p> {
    let asked = stage.platform.as_deref().or(project.platform.as_deref());
    let platform = asked.and_then(Platform::from_name).unwrap_or_default();
    Surroundings { base: image.base, platform, project, installed: &[] }
}

fn base_layer(base: BaseFacts, stage: &Stage<'_>, around: &Surroundings<'_>) -> Layer {
    let name = stage.base_text();
    let (size, why, source) = match base {
        BaseFacts::Scratch => {
            (Size::ZERO, Cow::Borrowed("scratch is empty"), Cow::Borrowed("by definition"))
        }
        BaseFacts::Known(found) => {
            let why = match found.how {
                Match::Exact => format!("all layers of {name}"),
                Match::Nearest(difference) => format!(
                    "nearest row of the catalogue: {} ({})",
                    found.image.reference,
                    difference.describe()
                ),
            };
            (found.size(around.platform), why.into(), found.image.cite().into())
        }
        BaseFacts::Unknown => {
            (Size::UNKNOWN, "the catalogue does not know this image".into(), "not known".into())
        }
    };
    let span = stage.base_span();
    Layer {
        line: stage.from.instruction.start_line(),
        span: stage.from.instruction.span(),
        title: title(&stage.from.instruction.line.text),
        size,
        parts: vec![Part { what: format!("base image {name}"), size, why, source, span }],
    }
}

/// The instruction on one line, blanks folded.
fn title(text: &str) -> String {
    let mut title = String::with_capacity(text.len().min(2 * TITLE));
    let mut length = 0;
    for word in text.split_ascii_whitespace() {
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(word);
        let ascii = word.is_ascii().then_some(word.len());
        length += ascii.unwrap_or_else(|| word.chars().count()) + usize::from(length > 0);
        if length > TITLE {
            let end = title.char_indices().nth(TITLE - 1).map_or(title.len(), |(at, _)| at);
            title.truncate(end);
            title.push('…');
            break;
        }
    }
    title
}
