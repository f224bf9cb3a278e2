//! `go build`: which file it writes, and how that file is linked.
//!
//! The rules of linking were measured with Go 1.26: cgo is on where a C compiler is found and
//! nothing is cross-compiled; then programs that use `net` or `os/user` are linked dynamically, others
//! are not.

use super::BaseFacts;
use crate::catalog::Libc;
use crate::shell::Command;
use crate::source::Span;

/// How a binary is linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linking {
    /// Without any libc: runs on every base of its architecture.
    Static,
    /// Against the libc of the stage that built it, for certain.
    Dynamic,
    /// Depends on what the program imports.
    Either,
}

/// A program linked by Go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoBinary {
    /// How it is linked.
    pub linking: Linking,
    /// Whether tags replace the parts of the standard library that need C.
    pub own_resolver: bool,
    /// Whether symbol table and debug information were left out.
    pub stripped: bool,
    /// The libc of the stage that links it, where that is known.
    pub libc: Option<Libc>,
    /// The version of that libc; empty where it is not known.
    pub libc_version: &'static str,
    /// The release of Go, as in `1.26`, where it is known.
    pub go_release: Option<String>,
    /// The command that links it.
    pub built_by: Span,
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
    /// It is linked against the libc that the image has, in the same or a newer version, or against
    /// none.
    Same,
    /// Nothing is known that speaks against it.
    Unknown,
}

impl GoBinary {
    /// How the program and an image go together. A program that `listens` on a port uses `net`, and
    /// so a libc where cgo is on.
    pub fn on(&self, base: &BaseFacts, listens: bool) -> Fit {
        let own = match base {
            BaseFacts::Scratch => Some((Libc::None, "")),
            BaseFacts::Known(found) => Some((found.image.libc, found.libc_version)),
            BaseFacts::Unknown => None,
        };
        let (Some(libc), Some((own, version))) = (self.libc, own) else {
            return if self.linking == Linking::Static { Fit::Static } else { Fit::Unknown };
        };
        let linking = match self.linking {
            Linking::Either if self.own_resolver => Linking::Static,
            Linking::Dynamic if self.own_resolver => Linking::Either,
            Linking::Either if listens => Linking::Dynamic,
            linking => linking,
        };
        match linking {
            Linking::Static => Fit::Static,
            Linking::Dynamic if libc != own => Fit::Misfit(libc, own),
            Linking::Either if libc != own => Fit::MaybeMisfit(libc, own),
            Linking::Dynamic | Linking::Either if libc == Libc::Glibc => {
                match (minor(self.libc_version), minor(version)) {
                    (Some(built), Some(found)) if built <= found => Fit::Same,
                    (Some(34..), Some(..34)) if linking == Linking::Dynamic => {
                        Fit::TooNew(self.libc_version, version)
                    }
                    (Some(_), Some(_)) => Fit::Newer(self.libc_version, version),
                    _ => Fit::Unknown,
                }
            }
            Linking::Dynamic | Linking::Either => Fit::Same,
        }
    }
}

/// The second number of a version such as `2.36`.
fn minor(version: &str) -> Option<u32> {
    version.split('.').nth(1)?.parse().ok()
}

/// One `go build` or `go install`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GoBuild {
    /// The path behind `-o`, or what the name of the package says; `None` where that is unknown.
    pub(super) output: Option<String>,
    pub(super) installs: bool,
    pub(super) linking: Linking,
    pub(super) own_resolver: bool,
    pub(super) stripped: bool,
}

/// What a `go` command meets in its stage.
pub(super) struct Surroundings<'a> {
    /// Values of the environment, nearest first.
    pub(super) environment: &'a dyn Fn(&str) -> Option<String>,
    /// Whether a C compiler is there; `None` if that is unknown.
    pub(super) c_compiler: Option<bool>,
}

impl GoBuild {
    /// Reads `go build ...` or `go install ...`, also behind `env` and with assignments before it.
    pub(super) fn of(command: &Command, around: &Surroundings<'_>) -> Option<Self> {
        let mut words = command.words.iter().peekable();
        let mut assigned: Vec<(&str, &str)> =
            command.assignments.iter().filter_map(|word| word.text.split_once('=')).collect();
        if words.peek().is_some_and(|word| word.text == "env") {
            words.next();
            while let Some(pair) = words.peek().and_then(|word| word.text.split_once('=')) {
                assigned.push(pair);
                words.next();
            }
        }
        let program = words.next()?.text.as_str();
        if program.rsplit('/').next() != Some("go") {
            return None;
        }
        let verb = words.next()?.text.as_str();
        if !matches!(verb, "build" | "install") {
            return None;
        }
        let variable = |name: &str| {
            let own = assigned.iter().rev().find(|(key, _)| *key == name);
            own.map(|(_, value)| (*value).to_owned()).or_else(|| (around.environment)(name))
        };
        let mut flags: Vec<(String, String)> = Vec::new();
        let mut packages: Vec<&str> = Vec::new();
        let extra = variable("GOFLAGS").unwrap_or_default();
        for flag in extra.split_whitespace() {
            push_flag(&mut flags, flag, || None);
        }
        while let Some(word) = words.next() {
            if word.text.starts_with('-') && packages.is_empty() {
                push_flag(&mut flags, &word.text, || {
                    words.next().map(|word| word.text.to_string())
                });
            } else {
                packages.push(&word.text);
            }
        }
        let flag = |name: &str| {
            flags.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
        };
        let linker = flag("ldflags").unwrap_or_default();
        let linker: Vec<&str> = linker.split([' ', '\t', '\n', '=']).collect();
        let tags = flag("tags").unwrap_or_default();
        let has_tag =
            |tag: &str| tags.split([',', ' ']).any(|found| found.trim_matches(['\'', '"']) == tag);
        Some(Self {
            output: flag("o").map(str::to_owned).or_else(|| named_after(&packages)),
            installs: verb == "install",
            linking: linking(&variable, around.c_compiler, &linker),
            own_resolver: has_tag("netgo") && has_tag("osusergo"),
            stripped: linker
                .iter()
                .any(|word| matches!(word.trim_matches(['\'', '"']), "-s" | "-w")),
        })
    }
}

/// Flags of `go build` that stand alone.
const SWITCHES: [&str; 14] = [
    "a",
    "n",
    "v",
    "x",
    "i",
    "race",
    "msan",
    "asan",
    "cover",
    "work",
    "trimpath",
    "linkshared",
    "modcacherw",
    "json",
];

fn push_flag(flags: &mut Vec<(String, String)>, text: &str, next: impl FnOnce() -> Option<String>) {
    let name = text.trim_start_matches('-');
    match name.split_once('=') {
        Some((name, value)) => flags.push((name.to_owned(), value.to_owned())),
        None if SWITCHES.contains(&name) => flags.push((name.to_owned(), String::new())),
        None => flags.push((name.to_owned(), next().unwrap_or_default())),
    }
}

/// `go build ./cmd/server` writes `server`; `go build .` is named after the module.
fn named_after(packages: &[&str]) -> Option<String> {
    let [package] = packages else { return None };
    let name = package.trim_end_matches('/').rsplit('/').next()?;
    let name = name.strip_suffix(".go").unwrap_or(name);
    let plain =
        !name.is_empty() && !matches!(name, "." | ".." | "...") && !name.contains(['$', '*']);
    plain.then(|| name.to_owned())
}

fn linking(
    variable: &dyn Fn(&str) -> Option<String>,
    c_compiler: Option<bool>,
    linker: &[&str],
) -> Linking {
    let says = |word: &str| linker.iter().any(|found| found.trim_matches(['\'', '"']) == word);
    if says("external") && linker.iter().any(|word| word.contains("-static")) {
        return Linking::Static;
    }
    match variable("CGO_ENABLED").as_deref() {
        Some("0") => Linking::Static,
        Some("1") => Linking::Dynamic,
        _ if c_compiler == Some(false) => Linking::Static,
        _ => Linking::Either,
    }
}
