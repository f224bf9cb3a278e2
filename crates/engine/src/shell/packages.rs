//! Package managers: which packages a command installs, and with which switches.

use super::{Command, ShellWord};
use crate::source::Span;

/// A package manager of a distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Manager {
    /// `apk` of Alpine and Wolfi.
    Apk,
    /// `apt-get` of Debian and Ubuntu.
    AptGet,
    /// `apt`, the same for people at a terminal.
    Apt,
    /// `dnf` of Fedora and its family.
    Dnf,
    /// `microdnf` of the minimal UBI images.
    Microdnf,
    /// `yum`, the older one.
    Yum,
    /// `zypper` of SUSE.
    Zypper,
}

impl Manager {
    /// The manager that a command runs.
    pub fn of(command: &Command) -> Option<Self> {
        Some(match command.program() {
            "apk" => Self::Apk,
            "apt-get" => Self::AptGet,
            "apt" => Self::Apt,
            "dnf" | "tdnf" => Self::Dnf,
            "microdnf" => Self::Microdnf,
            "yum" => Self::Yum,
            "zypper" => Self::Zypper,
            _ => return None,
        })
    }

    /// Whether it is apt under one of its names.
    pub const fn is_apt(self) -> bool {
        matches!(self, Self::AptGet | Self::Apt)
    }

    const fn install_words(self) -> &'static [&'static str] {
        match self {
            Self::Apk => &["add"],
            Self::Zypper => &["install", "in"],
            _ => &["install"],
        }
    }

    /// Flags whose value is the next word.
    fn takes_value(self, flag: &str) -> bool {
        match self {
            Self::Apk => matches!(
                flag,
                "-t" | "--virtual"
                    | "-X"
                    | "--repository"
                    | "-p"
                    | "--root"
                    | "--arch"
                    | "--keys-dir"
                    | "--repositories-file"
                    | "--cache-dir"
                    | "--cache-max-age"
                    | "--wait"
            ),
            Self::AptGet | Self::Apt => matches!(
                flag,
                "-o" | "--option"
                    | "-c"
                    | "--config-file"
                    | "-t"
                    | "--target-release"
                    | "--default-release"
                    | "-a"
                    | "--host-architecture"
            ),
            _ => matches!(flag, "-c" | "--config" | "--from" | "--repo" | "-R"),
        }
    }
}

/// One package, as named on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageArgument {
    /// The name without version, as in `curl` of `curl=7.88.1`.
    pub name: String,
    /// Whether a version is given.
    pub pinned: bool,
    /// Where it stands.
    pub span: Span,
}

/// An installation of packages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Install<'a> {
    /// The whole command.
    pub command: &'a Command,
    /// Which manager.
    pub manager: Manager,
    /// The word `install` or `add`.
    pub verb: &'a ShellWord,
    /// The packages that are named literally.
    pub packages: Vec<PackageArgument>,
    /// Whether other packages may be there, from variables or files.
    pub open_ended: bool,
}

impl<'a> Install<'a> {
    /// Reads a command as an installation; `None` if it is none.
    pub fn of(command: &'a Command) -> Option<Self> {
        let manager = Manager::of(command)?;
        let mut words = command.arguments().iter();
        let mut verb = None;
        let mut packages = Vec::new();
        let mut open_ended = false;
        while let Some(word) = words.next() {
            if word.text.starts_with('-') && word.text.len() > 1 {
                if manager.takes_value(&word.text) {
                    words.next();
                }
                continue;
            }
            match verb {
                None if manager.install_words().contains(&word.text.as_str()) => verb = Some(word),
                None => return None,
                Some(_) if word.literal => packages.push(package(manager, word)),
                Some(_) => open_ended = true,
            }
        }
        Some(Self { command, manager, verb: verb?, packages, open_ended })
    }
}

fn package(manager: Manager, word: &ShellWord) -> PackageArgument {
    let text = word.text.as_str();
    let end = match manager {
        Manager::Apk => text.find(['=', '<', '>', '~', '@']),
        Manager::AptGet | Manager::Apt => text.find(['=', '/']),
        // `name-version`: a version starts with a digit behind a dash.
        _ => text.match_indices('-').map(|(at, _)| at).find(|at| {
            text.get(at + 1..).is_some_and(|rest| rest.starts_with(|ch: char| ch.is_ascii_digit()))
        }),
    };
    // `name/suite` is how apt names a release; everything else with a slash is a file.
    let is_path = text.contains('/') && (!manager.is_apt() || text.starts_with(['/', '.']));
    let end = end.filter(|_| !is_path);
    PackageArgument {
        name: end.and_then(|end| text.get(..end)).unwrap_or(text).to_owned(),
        pinned: end.is_some() || is_path,
        span: word.span,
    }
}
