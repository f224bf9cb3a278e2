//! Where `go build` and `go install` put what they write.

use super::files::absolute;
use super::go_build::GoBuild;

/// The files that a build writes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Outputs {
    /// The programs, by absolute path.
    pub(super) files: Vec<String>,
    /// Whether there are, or may be, others.
    pub(super) others: Others,
}

/// Files that a build writes under names that nobody can tell.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) enum Others {
    /// None.
    #[default]
    None,
    /// In one directory.
    In(String),
    /// Anywhere.
    Anywhere,
}

impl GoBuild {
    /// The files that it writes when it is called in `directory`; `is_directory` says of a path
    /// whether a directory is there.
    pub(super) fn outputs(
        &self,
        directory: Option<&str>,
        is_directory: &dyn Fn(&str) -> bool,
    ) -> Outputs {
        let several = self.packages.len() > 1 && !self.packages.iter().all(|p| p.ends_with(".go"));
        let wild = self.packages.iter().any(|package| package.contains("..."));
        let work = match (directory, self.value("C")) {
            (Some(directory), Some(inner)) if !inner.contains('$') => {
                Some(absolute(directory, inner))
            }
            (_, Some(_)) => None,
            (directory, None) => directory.map(str::to_owned),
        };
        if self.has("n") || self.flag("o").is_some_and(|flag| flag.value == "/dev/null") {
            return Outputs::default();
        }
        let (target, into) = match self.value("o").filter(|_| !self.installs) {
            _ if self.installs => (self.bin_directory(), true),
            Some(path) if path.contains(['$', '`']) => (None, true),
            Some(path) => {
                let full = match &work {
                    _ if path.starts_with('/') => Some(absolute("/", path)),
                    work => work.as_deref().map(|work| absolute(work, path)),
                };
                let marked = path.ends_with('/') || path == ".";
                let into = marked || several || wild || full.as_deref().is_some_and(is_directory);
                (full, into)
            }
            // Several packages are only compiled.
            None if several => return Outputs::default(),
            None => (work, true),
        };
        let Some(target) = target else {
            return Outputs { files: Vec::new(), others: Others::Anywhere };
        };
        if self.is_library() {
            return Outputs { files: Vec::new(), others: Others::In(target) };
        }
        if !into {
            return Outputs { files: vec![target], others: Others::None };
        }
        let mut outputs = Outputs::default();
        if several && self.packages.iter().all(|package| package.ends_with(".go")) {
            outputs.others = Others::In(target);
            return outputs;
        }
        for package in &self.packages {
            match self.name_of(package) {
                Some(name) => outputs.files.push(absolute(&target, &name)),
                None => outputs.others = Others::In(target.clone()),
            }
        }
        if self.packages.is_empty() {
            outputs.others = Others::In(target);
        }
        outputs
    }

    /// Where `go install` puts what it builds.
    fn bin_directory(&self) -> Option<String> {
        match &self.bin {
            Some(bin) if bin.starts_with('/') => Some(absolute("/", bin)),
            Some(_) => None,
            // For another platform there is a folder of its own.
            None if self.system.is_some() || self.architecture.is_some() => None,
            None => {
                let path = self.path.as_deref().and_then(|path| path.split(':').next())?;
                path.starts_with('/').then(|| absolute(path, "bin"))
            }
        }
    }

    /// `go build ./cmd/server` writes `server`; `go build .` is named after the module.
    fn name_of(&self, package: &str) -> Option<String> {
        let path = package.split('@').next()?.trim_end_matches('/');
        let mut parts = path.rsplit('/');
        let mut name = parts.next()?;
        let version = name.strip_prefix('v').unwrap_or_default();
        let is_number = version.bytes().all(|byte| byte.is_ascii_digit()) && !version.is_empty();
        if is_number && !version.starts_with('0') && version != "1" {
            name = parts.next()?;
        }
        let name = name.strip_suffix(".go").unwrap_or(name);
        if name.is_empty() || matches!(name, "." | ".." | "...") || name.contains(['$', '*', '`']) {
            return None;
        }
        let suffix = if self.system.as_deref() == Some("windows") { ".exe" } else { "" };
        Some(format!("{name}{suffix}"))
    }
}
