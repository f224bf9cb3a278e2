//! Files of an image, by absolute path, with where they come from.

use super::binary::Binary;
use crate::bytes;
use crate::named::Named;
use crate::source::Span;

/// Where a file comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Linked by a compiler that is followed: that of Go, or of Rust.
    Built(Binary),
    /// Copied from the build context.
    Context,
    /// Written in the Dockerfile itself; the size is exact.
    Inline {
        /// Bytes of the body.
        bytes: u64,
        /// Its first line, where that names an interpreter.
        hashbang: Option<Hashbang>,
    },
    /// Copied from somewhere that is not looked into.
    Elsewhere,
}

/// The first line of a script, as in `#!/bin/sh`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hashbang {
    /// Path of the interpreter.
    pub interpreter: String,
    /// The program that `env` is to look for, as `bash` in `#!/usr/bin/env bash`.
    pub looked_up: Option<String>,
    /// Whether the line ends in a carriage return, which the kernel takes for a part of the path.
    pub carriage_return: bool,
}

impl Hashbang {
    /// Reads the first line of a text.
    pub fn of(text: &str) -> Option<Self> {
        let line = text.split('\n').next()?.strip_prefix("#!")?;
        let mut words = line.split_ascii_whitespace();
        let interpreter = words.next()?.to_owned();
        let by_env = interpreter.ends_with("/env");
        let looked_up = words.find(|word| !word.starts_with('-')).filter(|_| by_env);
        Some(Self {
            interpreter,
            looked_up: looked_up.map(str::to_owned),
            carriage_return: line.ends_with('\r'),
        })
    }
}

/// One file, or a directory that was copied as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where it comes from.
    pub origin: Origin,
    /// The words that put it there.
    pub span: Span,
    /// Whether it may be executed; `None` where that is not known.
    pub executable: Option<bool>,
}

impl File {
    /// A file of which nothing more is known.
    pub const fn new(origin: Origin, span: Span) -> Self {
        Self { origin, span, executable: None }
    }
}

/// The files that the instructions of one stage put in place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    by_path: Named<File>,
    /// Folders of programs whose names only the project tells, with what holds for each of them.
    programs: Named<File>,
    /// Those that may not be executed, and that no command may have changed since.
    plain: Vec<String>,
}

impl Files {
    /// The file at exactly that path; a program that may be there, where others are built.
    pub fn get(&self, path: &str) -> Option<&File> {
        let found = self.by_path.get(path);
        found.or_else(|| self.program(path))
    }

    fn program(&self, path: &str) -> Option<&File> {
        if self.programs.is_empty() {
            return None;
        }
        let (folder, name) = path.rsplit_once('/')?;
        self.programs.get(folder).filter(|_| may_be_program(name))
    }

    /// Any program may lie in a folder from now on.
    pub(super) fn insert_programs(&mut self, folder: String, file: File) {
        self.programs.insert(folder, file);
    }

    /// The folders at or below a path in which programs are built.
    pub(super) fn programs_below<'f>(
        &'f self,
        path: &'f str,
    ) -> impl Iterator<Item = (&'f str, &'f File)> {
        let inside = move |folder: &str| {
            let rest = folder.strip_prefix(path.trim_end_matches('/'));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let from = self.programs.from(path);
        from.take_while(move |(folder, _)| folder.starts_with(path))
            .filter(move |(folder, _)| inside(folder))
    }

    /// Takes away what an instruction put below a path.
    pub(super) fn forget(&mut self, path: &str, instruction: Span) {
        let of_it = |file: &File| instruction.contains(file.span);
        let files = self.below(path).filter(|(_, file)| of_it(file));
        let files: Vec<String> = files.map(|(path, _)| path.to_owned()).collect();
        let folders = self.programs_below(path).filter(|(_, file)| of_it(file));
        let folders: Vec<String> = folders.map(|(path, _)| path.to_owned()).collect();
        files.iter().for_each(|path| drop(self.by_path.remove(path)));
        folders.iter().for_each(|path| drop(self.programs.remove(path)));
    }

    /// Puts a file in place.
    pub fn insert(&mut self, path: String, file: File) {
        if file.executable == Some(false) {
            self.plain.push(path.clone());
        }
        self.by_path.insert(path, file);
    }

    /// Some command may have let anybody execute any file.
    pub fn doubt_modes(&mut self) {
        for path in std::mem::take(&mut self.plain) {
            if let Some(file) = self.by_path.get_mut(&path) {
                file.executable = file.executable.filter(|sure| *sure);
            }
        }
    }

    /// Takes a file away, and what lies below that path.
    pub fn remove(&mut self, path: &str) -> Vec<(String, File)> {
        let folders: Vec<String> =
            self.programs_below(path).map(|(folder, _)| folder.to_owned()).collect();
        folders.iter().for_each(|folder| drop(self.programs.remove(folder)));
        let gone = self.at_or_below(path).into_iter();
        let removed = gone.filter_map(|path| {
            let file = self.by_path.remove(&path)?;
            Some((path, file))
        });
        removed.collect()
    }

    /// The file at exactly that path, to be changed.
    pub fn get_mut(&mut self, path: &str) -> Option<&mut File> {
        self.by_path.get_mut(path)
    }

    /// All files, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut File> {
        self.by_path.values_mut()
    }

    /// A path, and those of the files below it.
    pub fn at_or_below(&self, path: &str) -> Vec<String> {
        let below = self.below(path).map(|(path, _)| path.to_owned());
        std::iter::once(path.to_owned()).chain(below).collect()
    }

    /// The files below a directory, with their paths.
    pub fn below<'f>(&'f self, directory: &str) -> impl Iterator<Item = (&'f str, &'f File)> {
        // Most stages have no files, and need no prefix to find none.
        let prefix = match self.by_path.is_empty() {
            true => String::new(),
            false => directory.trim_end_matches('/').to_owned() + "/",
        };
        self.by_path.from(&prefix).take_while(move |(path, _)| path.starts_with(&prefix))
    }

    /// All files, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &File)> {
        self.by_path.iter()
    }
}

/// Whether a name may be that of a program that cargo builds: neither one of the folders beside them nor
/// one of the tools that come with Rust.
fn may_be_program(name: &str) -> bool {
    const OTHERS: [&str; 15] = [
        "build",
        "cargo",
        "cargo-clippy",
        "cargo-fmt",
        "cargo-miri",
        "clippy-driver",
        "deps",
        "examples",
        "incremental",
        "rls",
        "rust-gdb",
        "rustc",
        "rustdoc",
        "rustfmt",
        "rustup",
    ];
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    !name.is_empty() && name.bytes().all(plain) && !OTHERS.contains(&name)
}

/// Bytes of the longest path that Linux takes.
const LONGEST_PATH: usize = 4096;

/// The working directory after a change to `path`; `None` where it is unknown, or no path any more.
pub(super) fn entered(workdir: Option<&str>, path: &str) -> Option<String> {
    seen_from(workdir, path).filter(|path| path.len() < LONGEST_PATH)
}

/// `path` as seen from a working directory that may be unknown.
pub(super) fn seen_from(workdir: Option<&str>, path: &str) -> Option<String> {
    let from = if path.starts_with('/') { "/" } else { workdir? };
    Some(absolute(from, path))
}

/// `path` as seen from `workdir`, without `.` and `..`; the result starts with a slash.
pub(super) fn absolute(workdir: &str, path: &str) -> String {
    let workdir = if path.starts_with('/') { "" } else { workdir };
    // Most paths are written as they are meant.
    if workdir.is_empty() && is_plain(path) {
        return path.to_owned();
    }
    let mut full = String::with_capacity(workdir.len() + path.len() + 1);
    for part in workdir.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => full.truncate(full.rfind('/').unwrap_or_default()),
            other => {
                full.push('/');
                full.push_str(other);
            }
        }
    }
    if full.is_empty() {
        full.push('/');
    }
    full
}

/// Whether an absolute path has no empty part and none that starts with a dot.
fn is_plain(path: &str) -> bool {
    let mut slash = false;
    let bent = path.bytes().any(|byte| {
        let behind = slash && matches!(byte, b'/' | b'.');
        slash = byte == b'/';
        behind
    });
    path.starts_with('/') && !bent && !slash
}

/// The last component of a path.
pub(super) fn base_name(path: &str) -> &str {
    bytes::behind_last(path.trim_end_matches('/'), b'/')
}
