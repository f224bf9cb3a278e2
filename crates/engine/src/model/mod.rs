//! Stages, how they hang together, and what every word says after expansion.
//!
//! Follows `dockerfile2llb/convert.go` of BuildKit: which FROM starts on which stage, which names
//! COPY --from finds, which variables are in force where.

mod build;
mod expand;
mod expansion;
mod folders;
mod graph;
pub mod ignore;
pub mod label;
pub mod reference;
pub mod scope;
mod shell;
mod stage;
mod step;

pub(crate) use build::{Draft, last_from};
pub use expansion::{Expansion, Undefined, VariableUse};
pub use folders::kernel_folder;
pub use graph::{Use, UseKind, UseTarget};
pub use reference::ImageReference;
pub use scope::{Elsewhere, Scope};
pub use shell::{Shell, ShellKind};
pub use stage::{Base, Stage};
pub use step::Step;

use crate::syntax::{Dockerfile, Instruction};

/// All stages of a file.
#[derive(Debug, Clone)]
pub struct Model<'a> {
    /// The user's text.
    pub text: &'a str,
    /// Its tree.
    pub tree: &'a Dockerfile,
    /// The variables that FROM sees, at the end of the file.
    pub global_scope: Scope,
    /// ARG instructions before the first FROM.
    pub globals: Vec<Step<'a>>,
    /// Other instructions before the first FROM; of a fragment, all but ARG.
    pub misplaced: Vec<&'a Instruction>,
    /// The stages, in order.
    pub stages: Vec<Stage<'a>>,
    /// Whether the text has no FROM; its instructions are then those of a stage of unknown base.
    pub fragment: bool,
}

impl<'a> Model<'a> {
    /// Works out the stages of `tree`, built for `platform` (as in `linux/amd64`).
    pub fn new(text: &'a str, tree: &'a Dockerfile, platform: &str) -> Self {
        build::build(text, tree, platform)
    }

    /// The stage that ships: the last one.
    pub fn final_stage(&self) -> Option<&Stage<'a>> {
        self.stages.last()
    }

    /// The stage at the bottom of those that `stage` builds on.
    pub fn root<'s>(&'s self, stage: &'s Stage<'a>) -> &'s Stage<'a> {
        self.stages.get(stage.root).unwrap_or(stage)
    }

    /// Whether a stage is certainly an image for Windows.
    pub fn is_windows(&self, stage: &Stage<'a>) -> bool {
        let root = self.root(stage);
        root.base.is_windows(root.platform.as_deref())
    }

    /// Every step of the file with its stage; steps before the first FROM have none.
    pub fn steps(&self) -> impl Iterator<Item = (Option<&Stage<'a>>, &Step<'a>)> {
        let globals = self.globals.iter().map(|step| (None, step));
        let of_stages = self.stages.iter().flat_map(|stage| {
            let steps = std::iter::once(&stage.from).chain(&stage.steps);
            steps.map(move |step| (Some(stage), step))
        });
        globals.chain(of_stages)
    }
}
