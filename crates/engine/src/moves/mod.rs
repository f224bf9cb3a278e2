//! The edit that puts the final stage on another base image.
//!
//! The table of base images is made of it: each row is the estimate of the text after its edit, so
//! that moving there gives what the row promised.

mod data;
mod split;
mod stage;

use crate::catalog::{self, Candidate};
use crate::diagnostic::Edit;
use crate::image::{BaseFacts, Binary, Fit, Image, Linking, Origin, Started, started};
use crate::model::{Base, Model, Stage};
use crate::order;
use crate::report::{Project, Workspace};
use crate::simulation::simulated;
use crate::source::Span;

/// What has to change for another base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The edits, sorted and without overlaps.
    pub edits: Vec<Edit>,
    /// What they do beside naming the base, one sentence each.
    pub notes: Vec<String>,
}

/// The edit that puts the final image on the base of that name; `Err` says why there is none.
pub fn to_base(workspace: &Workspace, reference: &str) -> Result<Move, String> {
    let candidate = catalog::candidates().iter().find(|row| row.reference == reference);
    let candidate = candidate.ok_or_else(|| format!("`{reference}` is not in the table"))?;
    let project = &workspace.project;
    simulated(&workspace.dockerfile, project, |model, images| {
        let facts = Facts::of(model.text, model, images, project);
        facts.ok_or_else(|| "there is no program to move".to_owned())?.plan(candidate)
    })
}

/// What a move looks at.
pub(crate) struct Facts<'f, 'a> {
    pub(super) text: &'a str,
    pub(super) model: &'f Model<'a>,
    pub(super) images: &'f [Image],
    pub(super) project: &'f Project,
    /// The final stage, and its image.
    pub(super) stage: &'f Stage<'a>,
    pub(super) image: &'f Image,
    /// The program that starts, and where it lies.
    pub(super) binary: &'f Binary,
    pub(super) path: String,
    /// The variables of its base that the final stage uses.
    pub(super) used: Vec<&'static str>,
}

/// A move that is being put together.
pub(super) struct Plan<'t> {
    /// The base to go to.
    pub(super) target: &'t Target,
    pub(super) edits: Vec<Edit>,
    pub(super) notes: Vec<String>,
    /// Instructions that the final stage gets behind its FROM.
    pub(super) added: String,
}

/// The base to go to.
pub(super) struct Target {
    pub(super) reference: &'static str,
    pub(super) base: BaseFacts,
}

impl Target {
    fn of(candidate: &Candidate) -> Option<Self> {
        let reference = candidate.reference;
        if reference == "scratch" {
            return Some(Self { reference, base: BaseFacts::Scratch });
        }
        let (name, tag) = match reference.rsplit_once(':') {
            Some((name, tag)) if !tag.contains('/') => (name, Some(tag)),
            _ => (reference, None),
        };
        let found = catalog::base_image(name, tag)?;
        Some(Self { reference, base: BaseFacts::Known(found) })
    }

    pub(super) fn has_shell(&self) -> bool {
        self.base.has_shell() == Some(true)
    }
}

impl Plan<'_> {
    pub(super) fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}

impl<'f, 'a> Facts<'f, 'a> {
    /// `None` where no program starts that the build has linked, so that nothing is known that could move.
    pub(crate) fn of(
        text: &'a str,
        model: &'f Model<'a>,
        images: &'f [Image],
        project: &'f Project,
    ) -> Option<Self> {
        let stage = model.final_stage().filter(|_| !model.fragment)?;
        let image = images.get(stage.index)?;
        let (path, binary) = match started(images, stage.index) {
            Started::File(path, file) => match &file.origin {
                Origin::Built(binary) => (path, binary),
                _ => return None,
            },
            _ => return None,
        };
        let used = stage::used_variables(&image.base, &stage.steps);
        Some(Self { text, model, images, project, stage, image, binary, path, used })
    }

    /// The edits for one row of the table.
    pub(crate) fn plan(&self, candidate: &Candidate) -> Result<Move, String> {
        if candidate.single_stage {
            return Err("a single stage ships the tool chain; it is here to compare".to_owned());
        }
        let target = Target::of(candidate).ok_or("nothing is known about this image")?;
        let (edits, notes, added) = (Vec::new(), Vec::new(), String::new());
        let mut plan = Plan { target: &target, edits, notes, added };
        self.link(&mut plan)?;
        if self.is_built_here() {
            self.split(&mut plan)?;
        } else {
            self.exchange(&mut plan)?;
        }
        let Plan { mut edits, notes, .. } = plan;
        order::by_span(&mut edits, |edit| edit.span);
        Ok(Move { edits, notes })
    }

    /// Whether the final image itself links the program.
    fn is_built_here(&self) -> bool {
        let span = |stage: &&Stage<'_>| stage.span().contains(self.binary.built_by);
        self.model.stages.iter().find(span).is_some_and(|stage| stage.shipped)
    }

    /// Makes the program find its libc, if only by needing none.
    fn link(&self, plan: &mut Plan<'_>) -> Result<(), String> {
        let asked = self.binary.go().is_none() || self.binary.linking == Linking::Dynamic;
        let reason = match self.binary.on(&plan.target.base, self.images, self.stage.index) {
            Fit::Static | Fit::Same => return Ok(()),
            Fit::Misfit(libc, own) | Fit::MaybeMisfit(libc, own) if asked => {
                format!("the program is linked against {}, and here is {}", libc.name(), own.name())
            }
            Fit::TooNew(built, own) | Fit::Newer(built, own) if asked => {
                format!("the program is linked against glibc {built}, and here is {own}")
            }
            Fit::NoLibgcc => "the program needs `libgcc_s.so.1`, and it is not there".to_owned(),
            Fit::MaybeLacks => {
                "whether every library of the program is there is not known".to_owned()
            }
            Fit::Unknown => "which libc the program needs is not known".to_owned(),
            Fit::Misfit(..) | Fit::MaybeMisfit(..) | Fit::TooNew(..) | Fit::Newer(..) => {
                if self.binary.built_by.of(self.text).starts_with('[') {
                    return Err(
                        "the build is in exec form, where no variable can be set".to_owned()
                    );
                }
                let start = self.binary.built_by.start;
                plan.edits.push(Edit::insert(start, "CGO_ENABLED=0 "));
                plan.note("`CGO_ENABLED=0` links the program without a libc");
                return Ok(());
            }
        };
        Err(reason)
    }

    /// Whole lines of an instruction.
    pub(super) fn lines(&self, instruction: Span) -> Span {
        let items = &self.model.tree.items;
        let at = items.partition_point(|item| item.extent.end <= instruction.start);
        items.get(at).map_or(instruction, |item| item.extent)
    }

    /// The text of an instruction, with one line end.
    pub(super) fn written(&self, instruction: Span) -> String {
        let text = self.lines(instruction).of(self.text);
        format!("{}\n", text.trim_end_matches(['\r', '\n']))
    }

    /// The name by which COPY reads a stage, and the edit that gives it one where it has none.
    pub(super) fn name_of(&self, stage: &Stage<'_>, plan: &mut Plan<'_>) -> String {
        let view = stage.from_view();
        if let Some(name) = view.and_then(|view| view.name.as_ref()) {
            return name.text.to_string();
        }
        let taken = |name: &str| self.model.stages.iter().any(|s| s.name.as_deref() == Some(name));
        let Some(view) = view.filter(|_| !taken("build")) else { return stage.index.to_string() };
        let edit = Edit::insert(view.image.span.end, " AS build");
        if !plan.edits.contains(&edit) {
            plan.edits.push(edit);
        }
        "build".to_owned()
    }

    /// Whether the final stage stands on an image of a registry, or on nothing.
    pub(super) fn stands_alone(&self) -> bool {
        matches!(self.stage.base, Base::Image(_) | Base::Scratch)
    }
}
