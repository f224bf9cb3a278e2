//! What the simulated build says to each point where no rule has anything against it.

use super::State;
use crate::image::{BaseFacts, Image, Linking, Origin, Started, is_root, started};
use crate::model::{Base, Model, Stage};
use crate::report::Workspace;
use crate::shell::{Command, Dependencies};
use crate::size::{self, Estimate};
use crate::source::Span;
use crate::syntax::Body;

/// The sizes that guides ask for, in bytes: 50 MB, and better 20 MB (see the chapter "which-size").
const LARGEST: u64 = 50_000_000;
const IDEAL: u64 = 20_000_000;

/// What a point is judged by.
pub(super) struct Facts<'f, 'a> {
    pub(super) workspace: &'f Workspace,
    pub(super) model: &'f Model<'a>,
    pub(super) images: &'f [Image],
    /// The stage that ships.
    pub(super) stage: &'f Stage<'a>,
    pub(super) image: &'f Image,
    pub(super) estimate: Option<Estimate>,
}

/// A judgement: the state, why, and the words that it is about.
pub(super) type Judgement = (State, String, Option<Span>);

/// How a point is judged.
pub(super) type Judge = fn(&Facts<'_, '_>) -> Judgement;

fn judged(state: State, why: impl Into<String>) -> Judgement {
    (state, why.into(), None)
}

impl Facts<'_, '_> {
    /// The commands of all stages that the image is made with.
    fn commands(&self) -> impl Iterator<Item = &Command> {
        let stages = self.model.stages.iter().filter(|stage| stage.reachable);
        stages.flat_map(|stage| &stage.steps).flat_map(|step| &step.script.commands)
    }

    pub(super) fn two_stages(&self) -> Judgement {
        let others = self.model.stages.iter().filter(|stage| stage.reachable && !stage.shipped);
        match (others.count(), self.image.base) {
            (0, BaseFacts::Unknown) => {
                judged(State::Unknown, format!("what `{}` holds is not known", self.base()))
            }
            (0, _) => judged(State::NotApplicable, "nothing is built here that needs tools"),
            (1, _) => judged(State::Done, "another stage builds, and this one ships"),
            (count, _) => judged(State::Done, format!("{count} stages build, and this one ships")),
        }
    }

    pub(super) fn dependencies_cached(&self) -> Judgement {
        match self.commands().find_map(Dependencies::of) {
            Some(found) => {
                let why = format!("`{}` runs before the code is copied", found.shown);
                (State::Done, why, Some(found.command.span))
            }
            None => judged(State::NotApplicable, "no command fetches what a manifest lists"),
        }
    }

    pub(super) fn minimal_base(&self) -> Judgement {
        let name = self.base();
        let (state, why) = match self.image.base {
            BaseFacts::Scratch => (State::Done, "`scratch` is empty".to_owned()),
            BaseFacts::Unknown => (State::Unknown, format!("what `{name}` holds is not known")),
            BaseFacts::Known(found) => {
                let row = found.image;
                let small = row.is_small();
                match row.toolchain {
                    Some(_) if !small => {
                        (State::Missing, format!("`{name}` holds the tools of a whole language"))
                    }
                    _ if row.shell.is_none() => {
                        (State::Done, format!("`{name}` has no shell and no package manager"))
                    }
                    _ if small => (State::Done, format!("`{name}` is a small distribution")),
                    _ => (
                        State::Unknown,
                        format!(
                            "`{name}` is a whole distribution; whether the program needs it is not known"
                        ),
                    ),
                }
            }
        };
        (state, why, Some(self.model.root(self.stage).base_span()))
    }

    pub(super) fn not_root(&self) -> Judgement {
        let (name, span) = match &self.image.user {
            Some(user) => (user.value.as_deref(), Some(user.span)),
            None => (self.image.base.user(), None),
        };
        let (state, why) = match name {
            Some(name) if !is_root(name) => (State::Done, format!("it runs as `{name}`")),
            Some(_) if self.image.can_drop_root() => {
                (State::Done, "it starts as root and becomes another user".to_owned())
            }
            Some(_) if self.image.entry().is_none() => {
                (State::Unknown, "what the base starts may give up root by itself".to_owned())
            }
            Some(_) => (State::Missing, "it runs as root".to_owned()),
            None => (State::Unknown, "the text does not tell who runs it".to_owned()),
        };
        (state, why, span)
    }

    pub(super) fn libraries_fit(&self) -> Judgement {
        let Started::File(path, file) = started(self.images, self.stage.index) else {
            return judged(State::NotApplicable, "what starts comes with the base or a package");
        };
        let Origin::Built(binary) = &file.origin else {
            return judged(State::Unknown, format!("what `{path}` needs is not known"));
        };
        let (state, why) = match binary.linking {
            Linking::Static => (State::Done, "the program is linked statically"),
            _ => match self.image.base {
                BaseFacts::Unknown => (State::Unknown, "which C library the base has is not known"),
                _ => (State::Done, "nothing speaks against the C library of the base"),
            },
        };
        (state, why.to_owned(), Some(file.span))
    }

    pub(super) fn certificates(&self) -> Judgement {
        match size::has_certificates(self.stage, self.images) {
            Some(true) => judged(State::Done, "a bundle of CA certificates is in the image"),
            None => judged(State::Unknown, "what the base holds is not known"),
            Some(false) => match self.workspace.project.needs_tls {
                Some(true) => {
                    judged(State::Missing, "the program makes HTTPS calls, and none are there")
                }
                Some(false) => judged(State::NotApplicable, "the program makes no HTTPS calls"),
                None => judged(
                    State::Unknown,
                    "none are there; whether the program makes HTTPS calls is not known",
                ),
            },
        }
    }

    pub(super) fn pinned(&self) -> Judgement {
        let images = self.model.stages.iter().filter(|stage| stage.reachable);
        let images: Vec<_> = images
            .filter_map(|stage| match &stage.base {
                Base::Image(image) => Some(image.digest.is_some()),
                Base::Unknown => Some(false),
                Base::Scratch | Base::Stage(_) => None,
            })
            .collect();
        let open = self.model.stages.iter().find(|stage| matches!(stage.base, Base::Unknown));
        match (images.as_slice(), open) {
            (_, Some(open)) => {
                let why = "which image it is, only those who build know";
                (State::Unknown, why.to_owned(), Some(open.base_span()))
            }
            ([], _) => judged(State::NotApplicable, "no image is pulled"),
            (all, _) if all.iter().all(|pinned| *pinned) => {
                judged(State::Done, "each base has a digest")
            }
            _ => judged(State::Done, "each base has a tag with a version"),
        }
    }

    pub(super) fn dockerignore(&self) -> Judgement {
        let copies = self.model.steps().any(|(_, step)| match step.body() {
            Body::Copy(_) | Body::Add(_) => step.instruction.statement.flag("from").is_none(),
            _ => false,
        });
        match (copies, self.workspace.dockerignore.is_some()) {
            (_, true) => judged(State::Done, "there is one"),
            (false, false) => {
                judged(State::NotApplicable, "nothing is copied from the build context")
            }
            (true, false) => {
                judged(State::Missing, "files are copied from the build context, and there is none")
            }
        }
    }

    pub(super) fn no_secrets(&self) -> Judgement {
        judged(State::Done, "none has been found in the text")
    }

    pub(super) fn scan(&self) -> Judgement {
        judged(
            State::Unknown,
            "only a scanner can tell: `trivy image --severity HIGH,CRITICAL --exit-code 1 IMAGE`",
        )
    }

    pub(super) fn health_check(&self) -> Judgement {
        let own = self.image.healthcheck;
        let is_none =
            |span: Span| span.of(self.model.text).trim_end().to_ascii_uppercase().ends_with("NONE");
        match own {
            Some(span) if is_none(span) => {
                let why = "HEALTHCHECK NONE leaves it to whoever runs the container";
                (State::NotApplicable, why.to_owned(), Some(span))
            }
            Some(span) => (State::Done, "Docker asks the program itself".to_owned(), Some(span)),
            None => judged(
                State::Unknown,
                "there is no HEALTHCHECK; whether an orchestrator has probes of its own is not known",
            ),
        }
    }

    pub(super) fn size(&self) -> Judgement {
        let Some(estimate) = &self.estimate else {
            return judged(State::Unknown, "nothing is known about the size");
        };
        let Some(range) = estimate.size.unpacked else {
            return judged(State::Unknown, "nothing is known about the size");
        };
        let size = |bytes: u64| format!("{} MB", bytes.div_ceil(1_000_000));
        let likely = size(range.likely);
        match range {
            _ if range.low > LARGEST => {
                judged(State::Missing, format!("it is about {likely} unpacked by our estimate"))
            }
            _ if estimate.open => judged(
                State::Unknown,
                format!("it is {likely} and more; some parts have no known size"),
            ),
            _ if range.high <= IDEAL => {
                judged(State::Done, format!("it is about {likely} unpacked by our estimate"))
            }
            _ if range.high <= LARGEST => judged(
                State::Done,
                format!("it is about {likely} unpacked by our estimate, less than 50 MB"),
            ),
            _ => judged(
                State::Unknown,
                format!(
                    "our estimate reaches from {} to {} unpacked",
                    size(range.low),
                    size(range.high)
                ),
            ),
        }
    }

    /// The image that the last stage starts from, as it is written.
    fn base(&self) -> &str {
        self.model.root(self.stage).base_text()
    }
}
