//! Removals that free nothing.

use crate::diagnostic::Level;
use crate::image::{apt_lists_left, find_file, removes_apt_lists};
use crate::model::{Stage, Step};
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::{Command, Install, Manager};
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "separate-rm",
    aliases: &["slim:ID.20021"],
    area: Area::Run,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let removes = |command: &Command| {
        Manager::of(command).is_some() || matches!(command.program(), "find" | "rm")
    };
    let commands = || stage.steps.iter().flat_map(|step| &step.script.commands);
    if !stage.shipped || !commands().any(removes) {
        return;
    }
    // What earlier RUNs left: package lists, and packages by name.
    let mut lists: Option<Span> = None;
    let mut packages: Vec<(&str, Span)> = Vec::new();
    for step in stage.steps.iter().filter(|step| step.run().is_some()) {
        let commands = &step.script.commands;
        for command in commands {
            if let Some(before) = lists.filter(|_| removes_apt_lists(command)) {
                lists = None;
                let fetches = commands.iter().any(|other| other.has("update"));
                if !fetches {
                    report(command.span, "package lists", before, cx);
                }
            }
            removed_packages(command, &packages, cx);
            removed_files(command, stage, step, cx);
        }
        let mounts: Vec<_> = step.mounts().collect();
        lists = lists.or(apt_lists_left(&step.script, &mounts));
        for install in commands.iter().filter_map(Install::of) {
            let named = install.packages.iter().map(|found| (found.name.as_str(), found.span));
            packages.extend(named.take(MOST_PACKAGES.saturating_sub(packages.len())));
        }
    }
}

/// So many installed packages are remembered; each removal is looked up among them.
const MOST_PACKAGES: usize = 100;

fn report(span: Span, what: &str, before: Span, cx: &mut Context<'_, '_>) {
    let message = format!("an earlier layer keeps the {what}, so removing them here frees nothing");
    cx.report(span, message).related(before, "the layer that keeps them is made here");
}

fn removed_packages(command: &Command, packages: &[(&str, Span)], cx: &mut Context<'_, '_>) {
    let verb = command.subcommand().map(|verb| verb.text.as_str());
    let removes = matches!(verb, Some("remove" | "purge" | "autoremove" | "del" | "erase"));
    if Manager::of(command).is_none() || !removes {
        return;
    }
    for word in command.arguments().iter().take(MOST_PACKAGES) {
        if let Some((_, before)) = packages.iter().find(|(name, _)| word.text == *name) {
            report(word.span, "files of this package", *before, cx);
        }
    }
}

fn removed_files(command: &Command, stage: &Stage<'_>, step: &Step<'_>, cx: &mut Context<'_, '_>) {
    if command.program() != "rm" || command.substitution {
        return;
    }
    let images = cx.images;
    for word in command.arguments().iter().filter(|word| word.literal) {
        let path = word.text.trim_end_matches(['/', '*']).trim_end_matches('/');
        if !path.starts_with('/') || path.contains(['*', '?', '[']) || path.len() < 2 {
            continue;
        }
        let of_stage = || {
            let image = cx.image(stage)?;
            let mut inside = image.files.below(path).chain(image.removed.below(path));
            image.removed.get(path).or_else(|| inside.next().map(|(_, file)| file))
        };
        let Some(file) = find_file(images, stage.index, path).or_else(of_stage) else { continue };
        if file.span.end <= step.instruction.span().start {
            report(word.span, "files", file.span, cx);
        }
    }
}
