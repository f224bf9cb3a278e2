//! Copied files that a RUN stores again: the check behind chmod-after-copy and chown-after-copy.

use super::Context;
use crate::diagnostic::{Edit, Level};
use crate::image::Rewrite;
use crate::model::{Stage, Step};
use crate::shell::{Command, Joint, is_script};
use crate::source::Span;
use crate::syntax::Body;

/// What the two rules differ in.
pub(super) struct Change {
    /// The command.
    pub program: &'static str,
    /// What it changes.
    pub what: &'static str,
    /// What the flag of COPY takes for the first operand of the command.
    pub value: fn(&str, &Rewrite, &Stage<'_>, &Context<'_, '_>) -> Option<String>,
    /// How the image differs after the fix.
    pub caution: &'static str,
}

pub(super) fn check(change: &Change, stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    // What does not ship may be stored as often as one likes.
    let Some(image) = cx.image(stage).filter(|_| stage.shipped) else { return };
    for rewrite in &image.rewrites {
        let step = |index: usize| stage.steps.get(index);
        let (Some(copied), Some(run)) = (step(rewrite.copied), step(rewrite.run)) else { continue };
        let Some(command) = run.script.commands.get(rewrite.command) else { continue };
        if command.unwrapped_program() != change.program {
            continue;
        }
        let all = if rewrite.recursive { "all of " } else { "" };
        let message = format!(
            "{all}`{}` is stored a second time, only to change its {}",
            rewrite.path, change.what
        );
        let flag = change.program;
        let value =
            mode_or_owner(command).and_then(|value| (change.value)(value, rewrite, stage, cx));
        let edits = value.as_ref().and_then(|value| {
            let insertion = insertion(copied, flag, value)?;
            Some(vec![insertion, Edit::delete(removal(command, rewrite.command, run, cx)?)])
        });
        let place = copied.instruction.statement.keyword_word.span;
        let found = cx.report(command.span, message).related(place, "this put it there");
        // A script or a setting is a few hundred bytes.
        let setting = !rewrite.recursive && rewrite.path.starts_with("/etc/");
        let small = is_script(&rewrite.path) || setting;
        let found = if small { found.level(Level::Info) } else { found };
        if let (Some(edits), Some(value)) = (edits, value) {
            let title = format!("Copy with `--{flag}={value}` instead{}", change.caution);
            found.unsafe_fix(title, edits);
        }
    }
}

/// The first operand, if the shell leaves it as it is.
fn mode_or_owner(command: &Command) -> Option<&str> {
    let mut words = command.unwrapped().iter().skip(1);
    let word = words.find(|word| !word.text.starts_with('-'))?;
    word.literal.then_some(word.text.as_str())
}

/// The flag behind the others, if the instruction copies one thing and has none yet.
fn insertion(copied: &Step<'_>, flag: &str, value: &str) -> Option<Edit> {
    let statement = &copied.instruction.statement;
    let (Body::Copy(copy) | Body::Add(copy)) = &statement.body else { return None };
    if copy.sources.len() + copy.heredocs.len() != 1 || statement.flag(flag).is_some() {
        return None;
    }
    let last = statement.flags.last().map_or(statement.keyword_word.span, |flag| flag.span);
    Some(Edit::insert(last.end, format!(" --{flag}={value}")))
}

/// The whole RUN, or the command with the `&&` on one side of it.
fn removal(command: &Command, index: usize, run: &Step<'_>, cx: &Context<'_, '_>) -> Option<Span> {
    let commands = &run.script.commands;
    if !run.instruction.statement.flags.is_empty() && commands.len() == 1 {
        return None;
    }
    if commands.len() == 1 {
        return Some(cx.extent(run.instruction.span()));
    }
    let before = index.checked_sub(1).and_then(|index| commands.get(index));
    let behind = command.next.and_then(|next| commands.get(next));
    let plain = |command: &Command| command.is_top_level() && command.redirects.is_empty();
    if !plain(command) {
        return None;
    }
    match (before, behind) {
        (None, Some(behind)) if plain(behind) && behind.joint == Joint::And => {
            Some(Span::new(command.span.start, behind.span.start))
        }
        (Some(before), _) if plain(before) && command.joint == Joint::And => {
            let chained = behind.is_none_or(|behind| behind.joint == Joint::And);
            chained.then_some(Span::new(before.span.end, command.span.end))
        }
        _ => None,
    }
}
