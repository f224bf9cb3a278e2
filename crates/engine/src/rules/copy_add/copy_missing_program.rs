//! COPY of a Go program from a place where `go build` does not put it.

use crate::diagnostic::{Edit, Level};
use crate::image::{Addition, Origin, What, chain};
use crate::model::{Base, Stage, Step, UseKind, UseTarget};
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::{Command, Manager};
use crate::syntax::{Body, base_name};
use std::collections::BTreeMap;

pub const RULE: Rule = Rule {
    name: "copy-missing-program",
    aliases: &[],
    area: Area::CopyAdd,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

/// Programs of a stage by name, with the paths at which they lie.
type Programs = BTreeMap<String, String>;

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    // Of each stage whose files can be told.
    let mut of_stages: Vec<Option<Programs>> = Vec::new();
    for stage in &model.stages {
        for used in stage.uses.iter().filter(|used| used.kind == UseKind::Copy) {
            let UseTarget::Stage(index) = used.target else { continue };
            let programs = of_stages.get(index).and_then(Option::as_ref);
            if let (Some(programs), Some(step)) = (programs, stage.steps.get(used.step)) {
                check_copy(step, programs, index, cx);
            }
        }
        let below = match stage.base {
            Base::Stage(parent) => of_stages.get(parent).cloned().flatten(),
            _ => Some(Programs::new()),
        };
        of_stages.push(below.and_then(|programs| with_own(programs, stage, cx)));
    }
}

/// The programs of the stage below and of this one; `None` if a command may write others.
fn with_own(mut programs: Programs, stage: &Stage<'_>, cx: &Context<'_, '_>) -> Option<Programs> {
    let is_plain = |step: &Step<'_>| {
        let commands = &step.script.commands;
        step.run().is_none() || (!commands.is_empty() && commands.iter().all(makes_no_other_file))
    };
    let image = cx.image(stage)?;
    let mut additions = image.layers.iter().flat_map(|layer| &layer.additions);
    // A program whose place is not known may be the one that is wanted.
    let is_lost = |addition: &Addition| matches!(&addition.what, What::GoBinary(_, path) if image.files.get(path).is_none());
    if !stage.steps.iter().all(is_plain) || additions.any(is_lost) {
        return None;
    }
    for (path, file) in image.files.iter() {
        if matches!(file.origin, Origin::Go(_)) {
            programs.insert(base_name(path).to_owned(), path.to_owned());
        }
    }
    Some(programs)
}

fn makes_no_other_file(command: &Command) -> bool {
    const HARMLESS: [&str; 13] = [
        "adduser", "cat", "cd", "chmod", "chown", "echo", "export", "ls", "mkdir", "set", "true",
        "useradd", "unset",
    ];
    let verb = command.subcommand().map_or("", |word| word.text.as_str());
    let program = command.program();
    let is_known = match program {
        "go" => matches!(verb, "build" | "env" | "list" | "mod" | "version" | "vet"),
        "" => command.words.is_empty(),
        _ => HARMLESS.contains(&program) || Manager::of(command).is_some(),
    };
    is_known && command.redirects.iter().all(|redirect| redirect.operator.contains('&'))
}

fn check_copy(step: &Step<'_>, programs: &Programs, from: usize, cx: &mut Context<'_, '_>) {
    let Body::Copy(copy) = step.body() else { return };
    for source in &copy.sources {
        let Some(path) = step.text(source).filter(|path| !path.contains(['*', '?', '['])) else {
            continue;
        };
        let wanted = format!("/{}", path.trim_start_matches("./").trim_start_matches('/'));
        let Some(built) = programs.get(base_name(&wanted)) else { continue };
        if *built == wanted || wanted.contains("/../") || may_be_there(&wanted, from, cx) {
            continue;
        }
        let message = format!("`go build` does not put it there, but at `{built}`");
        let found = cx.report(source.span, message);
        if path == source.text && !copy.json {
            let edit = Edit::replace(source.span, built.as_str());
            found.unsafe_fix(format!("Copy `{built}`"), vec![edit]);
        }
    }
}

/// Whether the base, or something that is copied, may bring a file of that path.
fn may_be_there(path: &str, from: usize, cx: &Context<'_, '_>) -> bool {
    let lies_in = |folder: &str| {
        let rest = path.strip_prefix(folder.trim_end_matches('/'));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    chain(cx.images, from).any(|image| {
        image.base.row().is_none_or(|row| row.toolchain.is_none())
            || image.files.get(path).is_some()
            || image.files.below(path).next().is_some()
            || image.filled.iter().any(|folder| lies_in(folder))
    })
}
