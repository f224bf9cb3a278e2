//! What goes into the engine and what comes out: plain data, nothing else.

use crate::catalog::{Modules, Platform};
use crate::diagnostic::{Diagnostic, Level};
use crate::go_mod;
use crate::size::{Estimate, Verdict};
use crate::source::Span;

/// Everything the user has given us.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Workspace {
    /// The text of the Dockerfile.
    pub dockerfile: String,
    /// The text of the `.dockerignore`, where there is one.
    pub dockerignore: Option<String>,
    /// What the text cannot say and the user may.
    pub project: Project,
}

/// Facts about the program that no Dockerfile holds. `None` means that nobody told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Project {
    /// Size of the built program in bytes.
    pub binary_bytes: Option<u64>,
    /// Kind of program, by the name of a profile of the catalogue, as in `http-api`.
    pub profile: Option<String>,
    /// The text of its `go.mod`, which tells what it uses where no kind is chosen.
    pub go_mod: Option<String>,
    /// Size of the build context in bytes, after `.dockerignore`.
    pub context_bytes: Option<u64>,
    /// Platform of the image, as in `linux/arm64`.
    pub platform: Option<String>,
    /// Whether the program makes HTTPS calls.
    pub needs_tls: Option<bool>,
    /// Whether the program loads time zones by name.
    pub needs_time_zones: Option<bool>,
}

impl Project {
    /// The platform that the image is for, where FROM does not name another: linux/amd64 unless the
    /// user says otherwise.
    pub fn platform(&self) -> &str {
        self.platform.as_deref().unwrap_or(Platform::Amd64.name())
    }

    /// What is known of the modules that `go.mod` requires; none without one.
    pub fn modules(&self) -> Option<Modules> {
        let text = self.go_mod.as_deref().filter(|text| !text.trim().is_empty())?;
        Some(Modules::of(go_mod::required(text)))
    }
}

/// A choice of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RuleSet {
    /// What is worth saying to everybody.
    #[default]
    Recommended,
    /// The rules that hadolint has, on as it has them on.
    Hadolint,
    /// The rules that `docker build --check` has.
    BuildKit,
    /// Every rule.
    All,
}

impl RuleSet {
    /// All sets, in the order in which the page offers them.
    pub const ALL: [Self; 4] = [Self::Recommended, Self::Hadolint, Self::BuildKit, Self::All];

    /// The name that settings use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Recommended => "recommended",
            Self::Hadolint => "hadolint",
            Self::BuildKit => "buildkit",
            Self::All => "all",
        }
    }

    /// The set of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|set| set.name() == name)
    }
}

/// How the user wants the rules to behave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Which rules speak at all.
    pub set: RuleSet,
    /// Rules that are silent, by our name or by any peer's code.
    pub ignored: Vec<String>,
    /// Levels that replace the rules' own, by our name or by any peer's code.
    pub levels: Vec<(String, Level)>,
    /// Whether comments such as `# hadolint ignore=DL3006` have no effect.
    pub disable_ignore_pragma: bool,
    /// Registries and images that FROM may use, as in hadolint's `trustedRegistries`: `docker.io`,
    /// `*.example.com`; none if all may be used.
    pub trusted_registries: Vec<String>,
    /// Labels that an image must have, and what their values must be: hadolint's `labelSchema`.
    pub label_schema: Vec<(String, LabelKind)>,
    /// Whether an image may have no other labels than those: hadolint's `strictLabels`.
    pub strict_labels: bool,
    /// Whether a text without FROM is a piece of a Dockerfile, as documentation shows them, rather
    /// than a mistake.
    pub fragment: bool,
    /// Most lines that a file should have; no limit if `None`.
    pub max_lines: Option<u32>,
}

/// What the value of a label must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelKind {
    /// An address of e-mail.
    Email,
    /// A full or abbreviated hash of Git.
    GitHash,
    /// Any text.
    Raw,
    /// A time as RFC 3339 writes it.
    Time,
    /// A semantic version.
    SemanticVersion,
    /// An SPDX license identifier.
    Spdx,
    /// A URL.
    Url,
}

impl LabelKind {
    /// All kinds with hadolint's names for them.
    pub const ALL: [(&'static str, Self); 8] = [
        ("email", Self::Email),
        ("hash", Self::GitHash),
        ("rawtext", Self::Raw),
        ("text", Self::Raw),
        ("rfc3339", Self::Time),
        ("semver", Self::SemanticVersion),
        ("spdx", Self::Spdx),
        ("url", Self::Url),
    ];

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find_map(|(known, kind)| (known == name).then_some(kind))
    }
}

/// One stage, as far as the page and the exports show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageSummary {
    /// Number from 0.
    pub index: usize,
    /// Name given with `AS`.
    pub name: Option<String>,
    /// Line, from 1, of its FROM.
    pub line: u32,
    /// From its FROM to the end of its last instruction.
    pub span: Span,
    /// The base after expansion of variables, as in `golang:1.26-alpine` or the name of a stage.
    pub base: String,
    /// The earlier stage that it builds on.
    pub parent: Option<usize>,
    /// Earlier stages that it copies or mounts from, ascending.
    pub uses: Vec<usize>,
    /// Whether the final stage needs it.
    pub reachable: bool,
    /// Whether it is the one that ships.
    pub is_final: bool,
}

/// The whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Findings in the order of their place in the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The stages in the order of the text.
    pub stages: Vec<StageSummary>,
    /// Size of the final image; `None` where there is no stage.
    pub estimate: Option<Estimate>,
    /// Whether the container would start.
    pub verdict: Verdict,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// One reason of a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The reason in one sentence without a full stop.
    pub text: String,
    /// The finding behind it, with its places and its fix, where there is one.
    pub finding: Option<Diagnostic>,
}

impl From<String> for Reason {
    fn from(text: String) -> Self {
        Self { text, finding: None }
    }
}

impl From<&Diagnostic> for Reason {
    fn from(finding: &Diagnostic) -> Self {
        Self { text: finding.message.clone(), finding: Some(finding.clone()) }
    }
}
