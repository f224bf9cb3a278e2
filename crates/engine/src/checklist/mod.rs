//! The list of what to see to before an image ships, judged against one Dockerfile.
//!
//! Each point is judged by the same facts and findings as everything else: what a rule says is
//! missing, with its place and its fix, and what the simulated build shows is done.

mod badge;
mod judge;
mod markdown;

pub use badge::{badge, badge_markdown, score};
pub use markdown::markdown;

use crate::diagnostic::Diagnostic;
use crate::refuse;
use crate::report::{RuleSet, Settings, Workspace};
use crate::rules;
use crate::simulation::simulated;
use crate::size;
use crate::source::Span;
use judge::{Facts, Judge};

/// How a point stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Seen to.
    Done,
    /// To be seen to.
    Missing,
    /// It does not apply to this image.
    NotApplicable,
    /// The text does not tell.
    Unknown,
}

impl State {
    /// The name that the door and the page use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Missing => "missing",
            Self::NotApplicable => "not-applicable",
            Self::Unknown => "unknown",
        }
    }
}

/// One point of the list, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The point.
    pub point: &'static Point,
    /// How it stands.
    pub state: State,
    /// Why, in one sentence without a full stop.
    pub why: String,
    /// The words that it is about, where there are some.
    pub span: Option<Span>,
    /// What stands in its way, each with its place and, where there is one, its fix.
    pub findings: Vec<Diagnostic>,
}

/// A point of the list.
#[derive(Debug)]
pub struct Point {
    /// The name, as in `two-stages`.
    pub name: &'static str,
    /// What is asked for.
    pub title: &'static str,
    /// The chapter of the guide that explains it.
    pub chapter: &'static str,
    /// The rules whose findings stand in its way.
    pub rules: &'static [&'static str],
    /// What judges it where no rule has anything against it.
    judge: Judge,
}

/// The name tells two points apart.
impl PartialEq for Point {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Point {}

/// All points, in the order of the guide's last chapter.
pub const POINTS: [Point; 12] = [
    Point {
        name: "two-stages",
        title: "The tool chain stays in another stage",
        chapter: "why-images-get-big",
        rules: &["toolchain-in-final-stage"],
        judge: |facts| facts.two_stages(),
    },
    Point {
        name: "dependencies-cached",
        title: "Dependencies come before the code, so that the cache holds them",
        chapter: "layer-cache",
        rules: &["copy-before-install"],
        judge: |facts| facts.dependencies_cached(),
    },
    Point {
        name: "minimal-base",
        title: "The base holds what the program needs and little else",
        chapter: "choosing-a-base",
        rules: &["large-base", "debug-base", "eol-base"],
        judge: |facts| facts.minimal_base(),
    },
    Point {
        name: "not-root",
        title: "The program runs as a user that is not root",
        chapter: "users",
        rules: &["no-user", "last-user-root", "user-name-no-passwd"],
        judge: |facts| facts.not_root(),
    },
    Point {
        name: "libraries-fit",
        title: "The program finds the C library that it needs, or needs none",
        chapter: "static-binaries",
        rules: &["go-cgo-into-scratch", "go-cgo-stage-mismatch", "rust-libc"],
        judge: |facts| facts.libraries_fit(),
    },
    Point {
        name: "certificates",
        title: "CA certificates are there for HTTPS",
        chapter: "what-minimal-lacks",
        rules: &[],
        judge: |facts| facts.certificates(),
    },
    Point {
        name: "pinned",
        title: "Each base names a version",
        chapter: "pinning",
        rules: &["untagged-base", "latest-tag"],
        judge: |facts| facts.pinned(),
    },
    Point {
        name: "dockerignore",
        title: "A .dockerignore keeps the build context small",
        chapter: "build-context",
        rules: &["dockerignore-empty", "copy-ignored-file"],
        judge: |facts| facts.dockerignore(),
    },
    Point {
        name: "no-secrets",
        title: "No secret is in ENV, ARG or a copied file",
        chapter: "configuration",
        rules: &["secret-value", "secret-name-in-arg-env", "secret-file-copied", "git-token"],
        judge: |facts| facts.no_secrets(),
    },
    Point {
        name: "health-check",
        title: "Somebody asks whether the program is well",
        chapter: "health",
        rules: &["healthcheck-tool"],
        judge: |facts| facts.health_check(),
    },
    Point {
        name: "size",
        title: "The image is smaller than 50 MB, better than 20 MB",
        chapter: "which-size",
        rules: &[],
        judge: |facts| facts.size(),
    },
    Point {
        name: "scan",
        title: "A scanner has looked at the image",
        chapter: "ready-to-ship",
        rules: &[],
        judge: |facts| facts.scan(),
    },
];

/// Judges each point; empty for a text without a stage.
///
/// All rules are asked, whatever the user's settings: the list is about the image, not about taste.
/// Comments that silence a finding count, since somebody has looked there.
pub fn checklist(workspace: &Workspace) -> Vec<Item> {
    let project = &workspace.project;
    simulated(&workspace.dockerfile, project, |model, images| {
        let Some(stage) = model.final_stage().filter(|_| !model.fragment) else {
            return Vec::new();
        };
        let Some(image) = images.get(stage.index) else { return Vec::new() };
        let settings = Settings { set: RuleSet::All, ..Settings::default() };
        let refusals = refuse::refusals(model);
        let found = rules::run(workspace, &settings, model, &refusals, images, None);
        let estimate = size::estimate(model, images, project);
        let facts = Facts { workspace, model, images, stage, image, estimate };
        let item = |point: &'static Point| {
            let stands_in = |found: &&Diagnostic| point.rules.contains(&found.rule);
            let findings: Vec<_> = found.diagnostics.iter().filter(stands_in).cloned().collect();
            let (state, why, span) = match findings.first() {
                Some(first) => (State::Missing, first.message.clone(), Some(first.span)),
                None => (point.judge)(&facts),
            };
            Item { point, state, why, span, findings }
        };
        POINTS.iter().map(item).collect()
    })
}
