//! Caches that package managers leave in a layer: what the rules about cleaning up share.

use super::{Context, Site};
use crate::diagnostic::Edit;
use crate::image::is_cached;
use crate::model::Step;
use crate::report::RuleSet;
use crate::shell::{Command, lists};
use crate::source::Span;
use crate::syntax::{Body, CommandLine, Keyword, Mount};

/// What fills the cache of a package manager, and what empties it.
pub(super) struct Cleaning {
    /// The programs; each has a cache of its own.
    pub programs: &'static [&'static str],
    /// Other programs, which hadolint does not know.
    pub others: &'static [&'static str],
    /// The commands that fill it.
    pub fills: &'static str,
    /// The commands that empty it.
    pub empties: &'static str,
    /// The folders in which it lies; without a slash in front, the last part of their paths.
    pub folders: &'static [&'static str],
    /// Whether hadolint takes any `rm -rf` for cleaning.
    pub any_removal: bool,
    /// Whether hadolint looks at mounts, and for which part of their target; all of it, where that
    /// starts with a slash.
    pub mounted: &'static str,
    /// Whether hadolint leaves stages alone that nothing is built on.
    pub last_stages: bool,
    /// The command to add; `?` stands for the program.
    pub command: &'static str,
}

/// Reports the commands of a RUN whose cache stays in the layer.
pub(super) fn check(cleaning: &Cleaning, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let (Some(stage), step) = (site.stage, site.step) else { return };
    let hadolint = cx.follows(RuleSet::Hadolint);
    let last = stage.index + 1 == cx.model.stages.len() || stage.is_base;
    let counts = match hadolint {
        true => !cleaning.last_stages || last || step.keyword() == Keyword::Onbuild,
        false => stage.shipped,
    };
    let readable = step.run().is_some() && (step.script.whole || !hadolint);
    let others = if hadolint { &[] } else { cleaning.others };
    let runs = cleaning.programs.iter().chain(others).any(|program| step.script.may_run(program));
    if !runs || !counts || !readable || cleaning.is_mounted(step, hadolint) {
        return;
    }
    for program in cleaning.programs.iter().chain(others) {
        let filled = match hadolint {
            true => cleaning.left_to_hadolint(program, &step.script.commands),
            false => cleaning.left(program, &step.script.commands),
        };
        let Some(filled) = filled else { continue };
        let verb = filled.arguments().iter().find(|word| lists(cleaning.fills, &word.text));
        let command = cleaning.command.replace('?', program);
        let edit = at_the_end(step, cx.text, &command);
        let message = format!("the cache of `{program}` stays in this layer");
        let found = cx.report(verb.map_or(filled.span, |verb| verb.span), message);
        if let Some(edit) = edit {
            found.safe_fix(format!("Run `{command}` at the end of this RUN"), vec![edit]);
        }
    }
}

impl Cleaning {
    fn is_mounted(&self, step: &Step<'_>, hadolint: bool) -> bool {
        let mounts: Vec<Mount<'_>> = step.mounts().collect();
        if !hadolint {
            return self.folders.iter().any(|folder| is_cached(&mounts, folder));
        }
        holds_cache(&mounts, self.mounted)
    }

    fn fills(&self, program: &str, command: &Command) -> bool {
        command.program() == program
            && command.arguments().iter().any(|word| lists(self.fills, &word.text))
    }

    fn empties(&self, program: &str, command: &Command) -> bool {
        command.program() == program
            && command.arguments().iter().any(|word| lists(self.empties, &word.text))
    }

    /// The last command behind which nothing empties the cache.
    fn left<'a>(&self, program: &str, commands: &'a [Command]) -> Option<&'a Command> {
        let last = commands.iter().rposition(|command| self.fills(program, command))?;
        let mut behind = commands.iter().skip(last + 1);
        let removes = |command: &Command| {
            let folder = |path: &str| self.folders.iter().any(|folder| covers(path, folder));
            matches!(command.program(), "rm" | "find")
                && command.arguments().iter().any(|word| folder(&word.text))
        };
        let cleaned = behind.any(|command| self.empties(program, command) || removes(command));
        commands.get(last).filter(|_| !cleaned)
    }

    /// The same as hadolint sees it: what cleans first must stand behind what fills first, and one
    /// command with the words of both cleans nothing, but for yarn.
    fn left_to_hadolint<'a>(&self, program: &str, commands: &'a [Command]) -> Option<&'a Command> {
        let first = commands.iter().position(|command| self.fills(program, command))?;
        let cleaned = commands.iter().position(|command| {
            self.empties(program, command)
                || (self.any_removal && command.program() == "rm" && command.has("-rf"))
        });
        commands.get(first).filter(|_| {
            cleaned.is_none_or(|cleaned| cleaned < first || (cleaned == first && !self.last_stages))
        })
    }
}

/// Whether hadolint takes one of the mounts for the cache of that name.
pub(super) fn holds_cache(mounts: &[Mount<'_>], name: &str) -> bool {
    mounts.iter().filter(|mount| matches!(mount.kind(), "cache" | "tmpfs")).any(|mount| {
        let target = mount.target().unwrap_or_default().trim_matches('"').trim_end_matches('/');
        match name {
            "" => false,
            _ if name.starts_with('/') => target == name,
            _ => target.contains(name),
        }
    })
}

/// Whether removing `path` removes what lies in `folder`.
fn covers(path: &str, folder: &str) -> bool {
    let path = path.trim_end_matches(['*', '/', '.']);
    if !folder.starts_with('/') {
        return path.ends_with(folder);
    }
    let below = |whole: &str, part: &str| {
        whole.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    !path.is_empty() && (below(folder, path) || below(path, folder))
}

/// Adds a command behind the last one of a RUN, joined as that is to the one before it, but so that
/// a failure still counts; `None` where no place for it is certain.
pub(super) fn at_the_end(step: &Step<'_>, text: &str, command: &str) -> Option<Edit> {
    let Body::Run(CommandLine::Shell(body)) = &step.run()?.body else { return None };
    let commands = &step.script.commands;
    let last = commands.last().filter(|last| last.is_top_level())?;
    let heredocs = &step.instruction.line.heredocs;
    let end = heredocs.first().map_or(body.span.end, |heredoc| heredoc.body.end);
    let rest = Span::new(last.span.end, end).of(text);
    if !rest.trim().is_empty() || matches!(last.program(), "exit" | "exec") {
        return None;
    }
    let before = commands.iter().rev().nth(1).filter(|before| before.is_top_level());
    let joint = before.map(|before| Span::new(before.span.end, last.span.start).of(text));
    let joins = |joint: &&str| {
        let signs: String = joint.chars().filter(|ch| !ch.is_whitespace()).collect();
        let signs = signs.trim_matches(['\\', '`']);
        matches!(signs, "&&" | ";") || (signs.is_empty() && !heredocs.is_empty())
    };
    let stops = step.script.stops_at_failure() || step.shell.stops_at_failure();
    let plain = if heredocs.is_empty() || !stops { " && " } else { "\n" };
    let joint = joint.filter(joins).filter(|joint| stops || joint.contains(['&', ';']));
    let mut joint = joint.unwrap_or(plain).to_owned();
    if !stops {
        joint = joint.replace(';', " &&");
    }
    Some(Edit::insert(last.span.end, format!("{joint}{command}")))
}
