//! Programs that a build links, and the images on which they run.
//!
//! The rules of linking were measured with Go 1.26 and Rust 1.95. Go: cgo is on where a C compiler is
//! found and nothing is cross-compiled; then programs that use `net` or `os/user` are linked
//! dynamically, others are not. Rust: the target decides, and `crt-static`; what is linked dynamically
//! needs `libgcc_s.so.1` beside the libc.

use super::cargo_build::CargoBuild;
use super::go_build::GoBuild;
use super::{BaseFacts, Image, chain};
use crate::catalog::Libc;
use crate::shell::{Command, variable};
use crate::source::Span;
use std::rc::Rc;

/// How a binary is linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linking {
    /// Without any libc: runs on every base of its architecture.
    Static,
    /// Against the libc of the stage that built it, for certain.
    Dynamic,
    /// Depends on what the text does not tell, as on what a program of Go imports.
    Either,
}

/// For which machine a program or a stage is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Machine {
    /// For one architecture, whatever the image is for.
    Fixed(String),
    /// For the one that builds.
    Builder,
    /// For the one that the image is for.
    Target,
    /// Nobody knows.
    Unknown,
}

/// A program that a command of the build has linked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binary {
    /// How it is linked.
    pub linking: Linking,
    /// Whether symbol table and debug information were left out.
    pub stripped: bool,
    /// Whether UPX has compressed it.
    pub packed: bool,
    /// The libc that it is, or may be, linked against, where that is known.
    pub libc: Option<Libc>,
    /// The version of that libc; empty where it is not known.
    pub libc_version: &'static str,
    /// The command that links it.
    pub built_by: Span,
    /// That command, taken apart.
    pub build: Build,
}

/// The command that linked a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Build {
    /// `go build` or `go install`.
    Go(Rc<GoBuild>),
    /// `cargo build`, `cargo install` and their like.
    Cargo(Rc<CargoBuild>),
}

/// How a program and the libc of an image go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// It needs no libc.
    Static,
    /// It is linked against one libc, and the image has another one or none.
    Misfit(Libc, Libc),
    /// It may be linked against one libc, and the image has another one or none.
    MaybeMisfit(Libc, Libc),
    /// It is linked against a newer version of the libc than the image has, and may need it.
    Newer(&'static str, &'static str),
    /// The same, across glibc 2.34, without which no program that was linked with it starts.
    TooNew(&'static str, &'static str),
    /// The image has the libc, but not `libgcc_s.so.1`.
    NoLibgcc,
    /// The image has the libc; whether it has another library that the program may need is not known.
    MaybeLacks,
    /// It is linked against the libc that the image has, in the same or a newer version, or against
    /// none.
    Same,
    /// Nothing is known that speaks against it.
    Unknown,
}

impl Binary {
    /// The build, if it is one of Go.
    pub fn go(&self) -> Option<&Rc<GoBuild>> {
        match &self.build {
            Build::Go(build) => Some(build),
            Build::Cargo(_) => None,
        }
    }

    /// For which machine it is.
    pub fn machine(&self) -> &Machine {
        match &self.build {
            Build::Go(build) => &build.machine,
            Build::Cargo(build) => &build.machine,
        }
    }

    /// How the program goes together with the image of a stage, were it on that base. A program of Go
    /// that listens on a port uses `net`, and so a libc where cgo is on.
    pub fn on(&self, base: &BaseFacts, images: &[Image], index: usize) -> Fit {
        let listens = images.get(index).is_some_and(|image| image.listens);
        let (libc, linking) = match &self.build {
            Build::Go(build) => (build.libc(self.libc), build.needs_libc(listens)),
            Build::Cargo(_) => (self.libc, self.linking),
        };
        let own = match base {
            BaseFacts::Scratch => Some((Libc::None, "")),
            BaseFacts::Known(found) => Some((found.image.libc, found.libc_version)),
            BaseFacts::Unknown => None,
        };
        let (Some(libc), Some((own, version))) = (libc, own) else {
            return if self.linking == Linking::Static { Fit::Static } else { Fit::Unknown };
        };
        let fit = match linking {
            Linking::Static => return Fit::Static,
            Linking::Either if self.go().is_none() => return Fit::Unknown,
            Linking::Dynamic if libc != own => return Fit::Misfit(libc, own),
            Linking::Either if libc != own => return Fit::MaybeMisfit(libc, own),
            Linking::Dynamic | Linking::Either if libc == Libc::Glibc => {
                match (minor(self.libc_version), minor(version)) {
                    (Some(built), Some(found)) if built <= found => Fit::Same,
                    (Some(34..), Some(..34)) if linking == Linking::Dynamic => {
                        return Fit::TooNew(self.libc_version, version);
                    }
                    (Some(_), Some(_)) => Fit::Newer(self.libc_version, version),
                    _ => Fit::Unknown,
                }
            }
            Linking::Dynamic | Linking::Either => Fit::Same,
        };
        let Build::Cargo(build) = &self.build else { return fit };
        match has_libgcc(base, images, index) {
            Some(false) => Fit::NoLibgcc,
            Some(true) if fit == Fit::Same && !build.finds_library(base, images, index) => {
                Fit::MaybeLacks
            }
            None if fit == Fit::Same => Fit::MaybeLacks,
            _ => fit,
        }
    }
}

/// Whether `libgcc_s.so.1` is in the image of a stage, were it on that base.
fn has_libgcc(base: &BaseFacts, images: &[Image], index: usize) -> Option<bool> {
    const BRING: [&str; 8] = [
        "alpine-sdk",
        "build-base",
        "g++",
        "gcc",
        "libgcc",
        "libgcc-s1",
        "libstdc++",
        "libstdc++6",
    ];
    if chain(images, index).any(|image| BRING.iter().any(|package| image.has_package(package))) {
        return Some(true);
    }
    // Another package may need it.
    let packaged = chain(images, index).any(|image| image.packaged);
    let own = base.row().and_then(|row| row.libgcc);
    own.filter(|has| *has || !packaged)
}

/// The second number of a version such as `2.36`.
fn minor(version: &str) -> Option<u32> {
    version.split('.').nth(1)?.parse().ok()
}

/// What a command that builds meets in its stage.
pub(super) struct Surroundings<'a> {
    /// Values of the environment, nearest first; one with `$` in it is set, but not known.
    pub(super) environment: &'a dyn Fn(&str) -> Option<String>,
    /// The value of a variable of the shell, where it is known.
    pub(super) value: &'a dyn Fn(&str) -> Option<String>,
    /// Whether a C compiler is there; `None` if that is unknown.
    pub(super) c_compiler: Option<bool>,
    /// Whether a variable of the shell is certainly not set.
    pub(super) is_unset: &'a dyn Fn(&str) -> bool,
    /// For which machine the stage is.
    pub(super) machine: &'a Machine,
    /// The platform of the stage, where it is written out: `linux/amd64`.
    pub(super) platform: Option<&'a str>,
    /// The second number of Go's release, as 26 in `1.26`, where the tag says it.
    pub(super) minor: Option<u32>,
    /// What lies at the bottom of the stage.
    pub(super) base: BaseFacts,
}

impl Surroundings<'_> {
    /// The value of a variable as the command sees it. An empty one is to Go and cargo as good as none.
    pub(super) fn setting(&self, assigned: &[(&str, &str)], name: &str) -> Option<String> {
        let own = assigned.iter().find(|(key, _)| *key == name);
        let value = own.map(|(_, value)| self.known(value));
        value.or_else(|| (self.environment)(name)).filter(|value| !value.is_empty())
    }

    /// The value behind a word that is one variable, where it is known; the word otherwise.
    pub(super) fn known(&self, word: &str) -> String {
        let known = variable(word).and_then(|name| (self.value)(name));
        known.unwrap_or_else(|| word.to_owned())
    }
}

/// What stands before a command as `NAME=value`, the last one first.
pub(super) fn assigned(command: &Command) -> Vec<(&str, &str)> {
    let behind = command.words.len() - command.unwrapped().len();
    let before = command.words.get(..behind).unwrap_or_default();
    let words = command.assignments.iter().chain(before).rev();
    words.filter_map(|word| word.text.split_once('=')).collect()
}
