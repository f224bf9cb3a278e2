//! What the engine says about a text: diagnostics, and the fixes that go with them.

use crate::source::Span;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A matter of taste.
    Style,
    /// Worth knowing.
    Info,
    /// Will bite sooner or later.
    Warning,
    /// Will not build or will not start.
    Error,
}

impl Level {
    /// All levels, mildest first.
    pub const ALL: [Self; 4] = [Self::Style, Self::Info, Self::Warning, Self::Error];

    /// The name that settings, exports and the page use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Style => "style",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The level of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }
}

/// How far a fix may be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// A proposal with a gap that the user has to fill in; never applied in bulk.
    Manual,
    /// May change how the image is built or behaves; the title says how.
    Unsafe,
    /// The same image, only written better.
    Safe,
}

impl Applicability {
    /// The name that exports and the page use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::Unsafe => "unsafe",
            Self::Safe => "safe",
        }
    }
}

/// One replacement in the user's text; an empty span inserts, an empty text deletes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl Edit {
    /// Replaces the text of `span`.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    /// Inserts at `offset` (bytes).
    pub fn insert(offset: u32, text: impl Into<String>) -> Self {
        Self { span: Span::at(offset), text: text.into() }
    }

    /// Deletes the text of `span`.
    pub const fn delete(span: Span) -> Self {
        Self { span, text: String::new() }
    }
}

/// A set of edits that belong together: all are applied, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What the fix does, as the label of a button.
    pub title: String,
    /// How far it may be trusted.
    pub applicability: Applicability,
    /// Sorted by place, without overlaps.
    pub edits: Vec<Edit>,
}

/// A second place that a diagnostic speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The other place.
    pub span: Span,
    /// Why it is shown.
    pub message: String,
}

/// What a finding spoils.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spoils {
    /// The image may not come to be, or not start: the text leaves that open.
    Maybe,
    /// The program starts, and lacks something later on.
    Use,
    /// The container does not start.
    Start,
    /// There is no image: a command of RUN fails, or a file is not there.
    Build,
}

/// What a finding means for the container, beyond its level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Impact {
    /// What it spoils.
    pub spoils: Spoils,
    /// The stage whose image is meant, by its number from 0.
    pub stage: usize,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Name of the rule, as in `untagged-base`.
    pub rule: &'static str,
    /// What other linters call this finding, as in `DL3006`; bare codes without the linter's name.
    pub codes: &'static [&'static str],
    /// How much it matters under the settings in force.
    pub level: Level,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// The offending words.
    pub span: Span,
    /// Line, from 1, on which the enclosing instruction starts: all that line-only linters report.
    pub instruction_line: u32,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// The mend, where there is a mechanical one.
    pub fix: Option<Fix>,
    /// What it means for the container, where the rule is about that.
    pub impact: Option<Impact>,
}

impl Diagnostic {
    /// Whether a rule of that name or code has found it.
    pub fn is_of(&self, rule: &str) -> bool {
        self.rule == rule || self.codes.contains(&rule)
    }
}
