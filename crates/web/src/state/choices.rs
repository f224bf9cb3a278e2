//! What the user chooses among.

use engine::diagnostic::Level;
use engine::size::{Range, Saved, Size};

/// What is shown beside the editor; on a narrow screen, instead of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    /// The editor itself: a tab on narrow screens only.
    Editor,
    /// Findings and fixes.
    #[default]
    Problems,
    /// Size, layers and base images.
    Size,
    /// The graph of stages.
    Stages,
    /// The form that writes a Dockerfile.
    Build,
    /// What to see to before the image ships.
    Checklist,
    /// What an error message means.
    Explain,
    /// The pages on rules.
    Guide,
}

impl Tab {
    /// All tabs in their order.
    pub const ALL: [Self; 8] = [
        Self::Editor,
        Self::Problems,
        Self::Size,
        Self::Stages,
        Self::Build,
        Self::Checklist,
        Self::Explain,
        Self::Guide,
    ];

    /// Name in links and in identifiers of elements.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Editor => "editor",
            Self::Problems => "problems",
            Self::Size => "size",
            Self::Stages => "stages",
            Self::Build => "build",
            Self::Checklist => "checklist",
            Self::Explain => "explain",
            Self::Guide => "guide",
        }
    }

    /// Label.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Editor => "Editor",
            Self::Problems => "Problems",
            Self::Size => "Size",
            Self::Stages => "Stages",
            Self::Build => "Build",
            Self::Checklist => "Checklist",
            Self::Explain => "Explain",
            Self::Guide => "Guide",
        }
    }

    /// The tab of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.name() == name)
    }
}

/// One of the two files in the editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum File {
    /// The Dockerfile.
    #[default]
    Dockerfile,
    /// The `.dockerignore`.
    Ignore,
}

impl File {
    /// Both files in their order.
    pub const ALL: [Self; 2] = [Self::Dockerfile, Self::Ignore];

    /// Its name, as in a folder.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dockerfile => "Dockerfile",
            Self::Ignore => ".dockerignore",
        }
    }

    /// The identifier of its textarea.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Dockerfile => "source",
            Self::Ignore => "ignore",
        }
    }
}

/// What the user wants of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loudness {
    /// As the rule set has it.
    Default,
    /// Silent.
    Off,
    /// A level of the user's own, which also switches the rule on.
    At(Level),
}

impl Loudness {
    /// All of them in the order of the list.
    pub const ALL: [Self; 6] = [
        Self::Default,
        Self::Off,
        Self::At(Level::Style),
        Self::At(Level::Info),
        Self::At(Level::Warning),
        Self::At(Level::Error),
    ];

    /// Its name in the list.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Off => "off",
            Self::At(level) => level.name(),
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|loudness| loudness.name() == name)
    }
}

/// Which fixes are applied in one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Many {
    /// Those of one rule.
    Rule(&'static str),
    /// Those that lead to the same image.
    Safe,
    /// Also those that may change it.
    All,
}

/// What can be copied or saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// The findings as SARIF, which code hosts read.
    Sarif,
    /// The findings as JSON.
    Json,
    /// The findings as a table for people.
    Markdown,
    /// The settings as hadolint reads them.
    Config,
    /// One of the files.
    File(File),
}

impl Export {
    /// Its name in the menu.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Sarif => "SARIF",
            Self::Json => "JSON",
            Self::Markdown => "Markdown",
            Self::Config => ".hadolint.yaml",
            Self::File(file) => file.name(),
        }
    }

    /// The name of the file.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Sarif => "dockerfile.sarif",
            Self::Json => "dockerfile-findings.json",
            Self::Markdown => "dockerfile-findings.md",
            Self::Config => ".hadolint.yaml",
            Self::File(file) => file.name(),
        }
    }
}

/// Colours of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system has it.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// All themes in the order in which the button goes through them.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// Name in the storage.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }

    /// The one after this.
    pub const fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Auto,
        }
    }
}

/// Order of the findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// As in the text.
    #[default]
    Place,
    /// The gravest first.
    Level,
}

/// Which size the charts show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Measure {
    /// Bytes of the files.
    #[default]
    Unpacked,
    /// Bytes in the registry.
    Compressed,
    /// What Docker 29 shows as disk usage.
    Disk,
}

impl Measure {
    /// All of them in the order of the page.
    pub const ALL: [Self; 3] = [Self::Unpacked, Self::Compressed, Self::Disk];

    /// That one of the sizes.
    pub fn of(self, size: Size) -> Option<Range> {
        match self {
            Self::Unpacked => size.unpacked,
            Self::Compressed => size.compressed,
            Self::Disk => size.disk(),
        }
    }

    /// The same of what is saved.
    pub const fn saved(self, saved: Saved) -> u64 {
        match self {
            Self::Unpacked => saved.unpacked,
            Self::Compressed => saved.compressed,
            Self::Disk => saved.disk,
        }
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unpacked => "unpacked",
            Self::Compressed => "compressed",
            Self::Disk => "disk usage",
        }
    }
}
