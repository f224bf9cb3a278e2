//! Which package manager a command runs.

use super::{Command, ShellWord};

/// A package manager, of a distribution or of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Manager {
    /// `apk` of Alpine and Wolfi.
    Apk,
    /// `apt-get` of Debian and Ubuntu.
    AptGet,
    /// `apt` and `aptitude`, the same for people at a terminal.
    Apt,
    /// `dnf` of Fedora and its family.
    Dnf,
    /// `microdnf` of the minimal UBI images.
    Microdnf,
    /// `tdnf` of Photon and Azure Linux.
    Tdnf,
    /// `yum`, the older one.
    Yum,
    /// `zypper` of SUSE.
    Zypper,
    /// `pip`, also as `python -m pip`.
    Pip,
    /// `pipx`, which installs programs written in Python.
    Pipx,
    /// `uv`, which does what both do.
    Uv,
    /// `npm` of Node.
    Npm,
    /// `yarn`.
    Yarn,
    /// `pnpm`.
    Pnpm,
    /// `gem` of Ruby.
    Gem,
    /// `bundle`, which installs what a Gemfile lists.
    Bundle,
    /// `go install`, `go get` and `go run`.
    Go,
    /// `cargo install`.
    Cargo,
    /// `composer` of PHP.
    Composer,
    /// `conda` and its relatives.
    Conda,
}

impl Manager {
    /// The manager that a command runs.
    pub fn of(command: &Command) -> Option<Self> {
        command.names.manager
    }

    /// The manager of a program, which is named without its folder.
    fn of_program(program: &str) -> Option<Self> {
        // `pip3.12` and `pip3` are one program.
        let numbered = program.as_bytes().last().is_some_and(u8::is_ascii_digit);
        let plain = match numbered.then(|| program.split_once('.')).flatten() {
            Some((name, version)) if version.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => program,
        };
        Some(match plain {
            "apk" => Self::Apk,
            "apt-get" => Self::AptGet,
            "apt" | "aptitude" => Self::Apt,
            "dnf" | "dnf4" | "dnf5" => Self::Dnf,
            "microdnf" => Self::Microdnf,
            "tdnf" => Self::Tdnf,
            "yum" => Self::Yum,
            "zypper" => Self::Zypper,
            "pip" | "pip2" | "pip3" => Self::Pip,
            "pipx" => Self::Pipx,
            "uv" => Self::Uv,
            "npm" => Self::Npm,
            "yarn" | "yarnpkg" => Self::Yarn,
            "pnpm" => Self::Pnpm,
            "gem" => Self::Gem,
            "bundle" | "bundler" => Self::Bundle,
            "go" => Self::Go,
            "cargo" => Self::Cargo,
            "composer" => Self::Composer,
            "conda" | "mamba" | "micromamba" => Self::Conda,
            _ => return None,
        })
    }

    /// Whether it is apt under one of its names.
    pub const fn is_apt(self) -> bool {
        matches!(self, Self::AptGet | Self::Apt)
    }

    /// Whether it installs packages of a distribution, not of a language.
    pub const fn is_of_distribution(self) -> bool {
        matches!(
            self,
            Self::Apk
                | Self::AptGet
                | Self::Apt
                | Self::Dnf
                | Self::Microdnf
                | Self::Tdnf
                | Self::Yum
                | Self::Zypper
        )
    }
}

/// The manager that a `program` with these words runs, and the number of the first word behind it.
pub(in crate::shell) fn manager(program: &str, words: &[ShellWord]) -> Option<(Manager, usize)> {
    if !program.starts_with("python") {
        return Some((Manager::of_program(program)?, 1));
    }
    let module = words
        .windows(2)
        .skip(1)
        .position(|pair| matches!(pair, [flag, name] if flag.text == "-m" && name.text == "pip"))?;
    Some((Manager::Pip, module + 3))
}
