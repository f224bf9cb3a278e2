//! Where files may lie that are not followed one by one.

use crate::named::Names;

/// Folders into which packages of a distribution put their files.
const SYSTEM: [&str; 11] =
    ["/bin", "/boot", "/etc", "/home", "/lib", "/lib64", "/opt", "/run", "/sbin", "/usr", "/var"];

/// Paths at which, or below which, a stage puts files that are not followed one by one.
#[derive(Debug, Clone, Default)]
pub struct Unfollowed {
    paths: Names,
    /// Whether all folders of packages are among them.
    system: bool,
}

impl Unfollowed {
    /// Whether exactly that path is one of them.
    pub fn contains(&self, path: &str) -> bool {
        self.paths.contains(path) || self.system && SYSTEM.contains(&path)
    }

    /// All of them.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let system = SYSTEM.iter().copied().filter(|_| self.system);
        self.paths.names().chain(system)
    }

    pub(super) fn add(&mut self, path: &str) {
        self.paths.add(path);
    }

    /// Adds all folders of packages.
    pub(super) fn add_system(&mut self) {
        self.system = true;
    }
}

/// Whether packages of a distribution may put something at a path.
pub(super) fn is_of_system(path: &str) -> bool {
    SYSTEM.iter().any(|folder| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
}
