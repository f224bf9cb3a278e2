//! Programs that Go links, and the images on which they run.
//!
//! The rules of linking were measured with Go 1.26: cgo is on where a C compiler is found and
//! nothing is cross-compiled; then programs that use `net` or `os/user` are linked dynamically, others
//! are not.

use super::BaseFacts;
use super::go_build::GoBuild;
use crate::catalog::Libc;
use crate::source::Span;
use std::rc::Rc;

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
    /// Whether UPX has compressed it.
    pub packed: bool,
    /// The libc of the stage that links it, where that is known.
    pub libc: Option<Libc>,
    /// The version of that libc; empty where it is not known.
    pub libc_version: &'static str,
    /// The release of Go, as in `1.26`, where it is known.
    pub go_release: Option<String>,
    /// The command that links it.
    pub built_by: Span,
    /// That command, taken apart.
    pub build: Rc<GoBuild>,
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
        // `musl-gcc` links against musl wherever it runs; what `zig cc` does, its target says.
        let libc = match self.build.compiler.as_deref().unwrap_or_default() {
            compiler if compiler.contains("zig") => None,
            compiler if compiler.contains("musl") => Some(Libc::Musl),
            _ => self.libc,
        };
        let (Some(libc), Some((own, version))) = (libc, own) else {
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
