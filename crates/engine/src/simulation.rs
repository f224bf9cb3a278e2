//! The way from a text to its simulated build, in one place.

use crate::image::{self, Image};
use crate::model::{Draft, Model, last_from};
use crate::report::Project;
use crate::syntax::{self, Dockerfile};

/// Reads and simulates a text, and hands both out.
pub(crate) fn simulated<R>(
    text: &str,
    project: &Project,
    read: impl FnOnce(&Model<'_>, &[Image]) -> R,
) -> R {
    let tree = syntax::parse(text);
    let model = Model::new(text, &tree, project.platform());
    let images = image::simulate(&model);
    read(&model, &images)
}

/// Other endings of a text: what follows instead of its last stage.
pub(crate) struct Endings {
    /// Number of the item at which the last stage starts.
    item: usize,
    /// Where that is, in bytes.
    start: u32,
}

impl Endings {
    pub(crate) fn of(model: &Model<'_>) -> Self {
        let item = last_from(model.tree);
        let start = model.tree.items.get(item).map_or(u32::MAX, |item| item.extent.start);
        Self { item, start }
    }

    /// Reads a text as far as it differs from that of the model; `None` where it differs before, as
    /// it does if its first edit begins at `first`.
    pub(crate) fn read(&self, model: &Model<'_>, text: &str, first: u32) -> Option<Dockerfile> {
        (first >= self.start).then(|| syntax::parse_rest(text, model.tree, self.item))
    }
}

/// Simulates many endings of one text; the stages before are read and simulated once.
pub(crate) struct Simulations<'a> {
    draft: Draft<'a>,
    images: Vec<Image>,
}

impl<'a> Simulations<'a> {
    /// `images` are those of `model`.
    pub(crate) fn new(model: &Model<'a>, images: &[Image], project: &Project) -> Self {
        let before = images.len().saturating_sub(1);
        let images = images.iter().take(before).cloned().collect();
        Self { draft: Draft::new(model, project.platform()), images }
    }

    /// The same as [`simulated`] for a text that ends in `rest`.
    pub(crate) fn of<R>(
        &mut self,
        text: &'a str,
        rest: &'a Dockerfile,
        read: impl FnOnce(&Model<'_>, &[Image]) -> R,
    ) -> R {
        let (before, images) = (self.images.len(), &mut self.images);
        self.draft.with(text, rest, |model| {
            for stage in model.stages.iter().skip(before) {
                let image = image::image(text, stage, images);
                images.push(image);
            }
            let result = read(model, images);
            images.truncate(before);
            result
        })
    }
}
