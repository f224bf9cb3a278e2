//! The words in which facts about base images are told.

use super::data::{ENDED_GO, RELEASES};

/// The C library that a dynamically linked program finds in an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Libc {
    /// None: only static binaries run.
    None,
    /// GNU libc.
    Glibc,
    /// musl, as on Alpine.
    Musl,
}

impl Libc {
    /// The name in text, as in "musl"; "no libc" where there is none.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "no libc",
            Self::Glibc => "glibc",
            Self::Musl => "musl",
        }
    }
}

/// The distribution that an image is built from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// Alpine Linux.
    Alpine,
    /// Amazon Linux.
    Amazon,
    /// BusyBox alone.
    Busybox,
    /// Debian.
    Debian,
    /// Google's distroless, made of Debian packages.
    Distroless,
    /// Red Hat, its universal base images and its rebuilds.
    Rhel,
    /// Nothing at all.
    Scratch,
    /// Ubuntu.
    Ubuntu,
    /// Wolfi and Chainguard's images.
    Wolfi,
}

/// What installs packages in an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PackageManager {
    /// Alpine and Wolfi.
    Apk,
    /// Debian and Ubuntu, also as apt-get.
    Apt,
    /// Red Hat, Fedora, Amazon Linux 2023.
    Dnf,
    /// The small dnf of ubi-minimal.
    Microdnf,
    /// Older Red Hat and Amazon Linux 2.
    Yum,
    /// SUSE.
    Zypper,
}

impl PackageManager {
    /// The command.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Apk => "apk",
            Self::Apt => "apt-get",
            Self::Dnf => "dnf",
            Self::Microdnf => "microdnf",
            Self::Yum => "yum",
            Self::Zypper => "zypper",
        }
    }
}

/// A language whose compiler, interpreter or development kit an image carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Toolchain {
    /// gcc, as the image's purpose.
    C,
    /// .NET development kit.
    Dotnet,
    /// Elixir.
    Elixir,
    /// Erlang.
    Erlang,
    /// Go.
    Go,
    /// Java development kit, not the run-time alone.
    Java,
    /// Julia.
    Julia,
    /// Node.js.
    Node,
    /// Perl.
    Perl,
    /// PHP.
    Php,
    /// Python.
    Python,
    /// Ruby.
    Ruby,
    /// Rust.
    Rust,
    /// Swift.
    Swift,
}

impl Toolchain {
    /// Whether a finished program runs without it, so that a final image need not carry it.
    pub const fn only_for_building(self) -> bool {
        matches!(self, Self::C | Self::Dotnet | Self::Go | Self::Java | Self::Rust | Self::Swift)
    }

    /// The name of the language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::C => "C",
            Self::Dotnet => ".NET",
            Self::Elixir => "Elixir",
            Self::Erlang => "Erlang",
            Self::Go => "Go",
            Self::Java => "Java",
            Self::Julia => "Julia",
            Self::Node => "Node.js",
            Self::Perl => "Perl",
            Self::Php => "PHP",
            Self::Python => "Python",
            Self::Ruby => "Ruby",
            Self::Rust => "Rust",
            Self::Swift => "Swift",
        }
    }
}

/// What the image's own ENTRYPOINT and CMD do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Start {
    /// There is neither: `docker run` without a command fails.
    Nothing,
    /// A shell, which ends at once without a terminal.
    Shell,
    /// The prompt of a language, or its interpreter waiting for a script.
    Interpreter,
    /// A service that stays up.
    Service,
}

/// How much a figure can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Confidence {
    /// Not verified: an estimate or prior knowledge; to be marked as such.
    Low,
    /// Read, but undated, interpolated or derived.
    Medium,
    /// Measured, or read from a dated record.
    High,
    /// True by definition.
    Exact,
}

impl Confidence {
    /// The word that exports use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Exact => "exact",
        }
    }
}

/// A platform that the catalogue knows figures for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Platform {
    /// linux/amd64.
    #[default]
    Amd64,
    /// linux/arm64.
    Arm64,
}

impl Platform {
    /// Both, in the order in which the page offers them.
    pub const ALL: [Self; 2] = [Self::Amd64, Self::Arm64];

    /// The name that `--platform` takes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Amd64 => "linux/amd64",
            Self::Arm64 => "linux/arm64",
        }
    }

    /// The platform of a name such as `linux/arm64`, `linux/arm64/v8` or `amd64`; `None` for all
    /// others, for which there are no figures.
    pub fn from_name(name: &str) -> Option<Self> {
        let architecture = name.strip_prefix("linux/").unwrap_or(name);
        match architecture {
            "amd64" | "x86_64" | "amd64/v2" | "amd64/v3" => Some(Self::Amd64),
            "arm64" | "aarch64" | "arm64/v8" => Some(Self::Arm64),
            _ => None,
        }
    }
}

/// One release of a distribution.
#[derive(Debug, PartialEq, Eq)]
pub struct Release {
    /// The distribution.
    pub family: Family,
    /// The word that tags use, as in `bookworm` or `3.20`.
    pub name: &'static str,
    /// The version, as in `12`; empty where there is none.
    pub number: &'static str,
    /// Version of its libc; empty where it is not known.
    pub libc: &'static str,
    /// Words that stood for it when the catalogue was made, as in `stable`.
    pub(super) moving: &'static [&'static str],
    /// The day on which security support ended; empty where it had not, or nobody has looked.
    pub ended: &'static str,
}

/// The day on which support of a release of Go ended, as in `1.22`; `None` where it has not.
pub fn go_support_ended(release: &str) -> Option<&'static str> {
    ENDED_GO.iter().find_map(|(name, ended)| (*name == release).then_some(*ended))
}

/// The release of that name, as in `bookworm`, `noble` or `3.20`.
pub fn release(name: &str) -> Option<&'static Release> {
    RELEASES.iter().find(|release| release.name == name)
}

/// Steps between two releases of one family, 0 for the same; `None` for different families.
pub(super) fn steps_between(left: &Release, right: &Release) -> Option<usize> {
    if left.family != right.family {
        return None;
    }
    let place = |wanted: &Release| RELEASES.iter().position(|release| release.name == wanted.name);
    Some(place(left)?.abs_diff(place(right)?))
}
