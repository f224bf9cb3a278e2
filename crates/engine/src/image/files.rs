//! Files of an image, by absolute path, with where they come from.

use super::go::GoBinary;
use crate::source::Span;
use std::collections::BTreeMap;

/// Where a file comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Linked by `go build` or `go install`.
    Go(GoBinary),
    /// Copied from the build context.
    Context,
    /// Written in the Dockerfile itself; the size is exact.
    Inline {
        /// Bytes of the body.
        bytes: u64,
    },
    /// Copied from somewhere that is not looked into.
    Elsewhere,
}

/// One file, or a directory that was copied as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where it comes from.
    pub origin: Origin,
    /// The words that put it there.
    pub span: Span,
}

/// The files that the instructions of one stage put in place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    by_path: BTreeMap<String, File>,
}

impl Files {
    /// The file at exactly that path.
    pub fn get(&self, path: &str) -> Option<&File> {
        self.by_path.get(path)
    }

    /// Puts a file in place.
    pub fn insert(&mut self, path: String, file: File) {
        self.by_path.insert(path, file);
    }

    /// The files below a directory, with their paths.
    pub fn below<'f>(&'f self, directory: &str) -> impl Iterator<Item = (&'f str, &'f File)> {
        let prefix = format!("{}/", directory.trim_end_matches('/'));
        let from = self.by_path.range(prefix.clone()..);
        from.take_while(move |(path, _)| path.starts_with(&prefix)).map(|(p, f)| (p.as_str(), f))
    }

    /// All files, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &File)> {
        self.by_path.iter().map(|(path, file)| (path.as_str(), file))
    }
}

/// `path` as seen from `workdir`, without `.` and `..`; the result starts with a slash.
pub(super) fn absolute(workdir: &str, path: &str) -> String {
    let full = if path.starts_with('/') { path.to_owned() } else { format!("{workdir}/{path}") };
    let mut parts: Vec<&str> = Vec::new();
    for part in full.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    format!("/{}", parts.join("/"))
}

/// The last component of a path.
pub(super) fn base_name(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}
