//! chown and chmod of what COPY put in place: whatever they touch is stored a second time.

use super::files::seen_from;
use super::run::after_cd;
use super::simulate::Walk;
use crate::model::Step;
use crate::syntax::instruction::Copy;

/// Most copied paths that are kept for each stage.
const MOST: usize = 64;

/// A path that COPY or ADD put in place.
#[derive(Debug, Clone)]
pub(super) struct Copied {
    path: String,
    step: usize,
}

impl Copied {
    pub(super) fn is_at(&self, path: &str) -> bool {
        self.path == path
    }

    /// Whether a command on `path` changes it, one that goes down into folders or not.
    fn is_within(&self, path: &str, recursive: bool) -> bool {
        let rest = self.path.strip_prefix(path.trim_end_matches('/'));
        self.is_at(path) || (recursive && rest.is_some_and(|rest| rest.starts_with('/')))
    }
}

/// A command that changes the owner or the mode of copied files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrite {
    /// The step of the stage that copied them.
    pub copied: usize,
    /// The step with the command.
    pub run: usize,
    /// The command among those of its script.
    pub command: usize,
    /// What the command names, as an absolute path.
    pub path: String,
    /// Whether it goes down into folders.
    pub recursive: bool,
    /// Whether it names nothing else, and exactly what was copied.
    pub exact: bool,
}

impl Walk<'_, '_> {
    pub(super) fn note_copied(&mut self, index: usize, step: &Step<'_>, copy: &Copy) {
        let filled = step.text(&copy.destination).and_then(|path| self.path(path));
        let filled = filled.filter(|_| self.image.filled.len() < MOST);
        let filled = filled.unwrap_or_else(|| "/".to_owned());
        if self.image.filled.last() != Some(&filled) {
            self.image.filled.push(filled);
        }
        let heredocs = step.instruction.line.heredocs.iter().map(|heredoc| heredoc.name.as_str());
        let sources = copy.sources.iter().filter_map(|source| step.text(source));
        for source in sources.chain(heredocs) {
            if self.copied.len() < MOST
                && let Some(path) = self.destination(step, copy, source)
            {
                self.copied.push(Copied { path, step: index });
            }
        }
    }

    /// The steps that copied something to `path`, or below it.
    pub(super) fn copied_within(&self, path: &str, recursive: bool) -> Vec<usize> {
        let copied = self.copied.iter().filter(|copied| copied.is_within(path, recursive));
        copied.map(|copied| copied.step).collect()
    }

    pub(super) fn note_rewrites(&mut self, index: usize, step: &Step<'_>) {
        if self.copied.is_empty() {
            return;
        }
        let mut directory = self.image.workdir.clone();
        for (number, command) in step.script.commands.iter().enumerate() {
            let [program, arguments @ ..] = command.unwrapped() else { continue };
            if program.text == "cd" {
                directory = after_cd(directory.as_deref(), arguments);
                continue;
            }
            let changes = matches!(program.text.as_str(), "chmod" | "chown");
            if !changes || !command.is_top_level() || self.image.rewrites.len() >= MOST {
                continue;
            }
            let recursive = command.has_flag(Some('R'), "recursive");
            let operands = arguments.iter().filter(|word| !word.text.starts_with('-'));
            let paths: Vec<_> = operands.skip(1).collect();
            let literal = paths.iter().filter(|word| word.literal);
            let mut full = literal.filter_map(|word| seen_from(directory.as_deref(), &word.text));
            let found = full.find_map(|path| {
                let mut latest = self.copied.iter().rev();
                let copied = latest.find(|copied| copied.is_within(&path, recursive))?;
                Some((copied.step, paths.len() == 1 && copied.path == path, path))
            });
            if let Some((copied, exact, path)) = found {
                let (run, command) = (index, number);
                self.image.rewrites.push(Rewrite { copied, run, command, path, recursive, exact });
            }
        }
    }
}
