//! What each instruction adds to an image. How many bytes that is, `size` says.

use super::binary::Binary;
use crate::shell::Manager;
use crate::source::Span;
use crate::text::Text;

/// What an instruction adds.
#[derive(Debug, Clone)]
pub struct Layer {
    /// The whole instruction.
    pub span: Span,
    /// Line, from 1, of the instruction.
    pub line: u32,
    /// The summands; empty where it only changes the configuration.
    pub additions: Box<[Addition]>,
}

/// One summand, and the words that bring it in.
#[derive(Debug, Clone)]
pub struct Addition {
    /// What it is.
    pub what: What,
    /// The words of the Dockerfile.
    pub span: Span,
}

/// What can be added.
#[derive(Debug, Clone)]
pub enum What {
    /// Packages of the distribution, with all that they need.
    Packages {
        /// Who installs them.
        manager: Manager,
        /// Their names.
        names: Vec<Text>,
        /// Whether apt installs recommended packages too.
        recommends: bool,
        /// Whether there may be more than the named ones.
        open_ended: bool,
        /// A name by which all of them can be removed, as in `apk add --virtual NAME`.
        group: Option<String>,
    },
    /// The package index of apt that nobody removed.
    AptLists,
    /// The package index of apk that nobody removed.
    ApkIndex,
    /// A program linked by Go, with the path at which it lies.
    Binary(Binary, String),
    /// What Go keeps: downloaded modules and compiled packages.
    GoCaches {
        /// `$GOMODCACHE`, unless a cache mount holds it.
        modules: bool,
        /// `$GOCACHE`, unless a cache mount holds it.
        builds: bool,
    },
    /// Files of the build context.
    Context {
        /// The sources, as written.
        sources: Vec<String>,
        /// Whether the whole context is among them.
        whole: bool,
    },
    /// Bytes that stand in the Dockerfile.
    Inline(u64),
    /// Files of another stage or image that were not followed.
    Foreign(String),
    /// A file that a later instruction changes in a way that stores it again.
    Again {
        /// Its path.
        path: String,
        /// What is stored again.
        what: Box<Self>,
        /// The command that does it, as in `chown`.
        command: String,
    },
    /// A few kilobytes of accounts: passwd, group, shadow.
    Accounts,
    /// Certificates copied by themselves.
    Certificates,
    /// Time zones copied by themselves, with the release of the image that they come from; empty
    /// where that is not known.
    TimeZones(&'static str),
    /// Time zones in one archive, as Go's toolchain brings them.
    ZoneArchive,
    /// Something that comes from elsewhere, in a few words, and why its size is not known.
    Outside(String, &'static str),
    /// A command whose effect on the disk cannot be told.
    Unknown(Text),
}
