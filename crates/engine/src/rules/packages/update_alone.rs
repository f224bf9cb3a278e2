//! An index of packages that is fetched in one RUN and used in another.

use crate::diagnostic::{Edit, Level};
use crate::image::is_cached;
use crate::model::{Stage, Step};
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::{Command, Install, Invocation, Joint, Manager};
use crate::syntax::{Body, CommandLine};

pub const RULE: Rule = Rule {
    name: "update-alone",
    aliases: &[
        "trivy:DS-0017",
        "checkov:CKV_DOCKER_5",
        "dockle:CIS-DI-0007",
        "kics:UpdateInstructionAlone",
        "dockerfilelint:apt-get-update_require_install",
        "droast:DF028",
    ],
    area: Area::Packages,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    // From the end to the start: what the next installation is, behind the step in hand.
    let mut next: [Option<(&Step<'_>, Install<'_>)>; 2] = [None, None];
    for step in stage.steps.iter().rev().filter(|step| step.run().is_some()) {
        let commands = &step.script.commands;
        if let [update] = commands.as_slice()
            && let Some(family) = updates(update)
        {
            let install = next.get_mut(family).and_then(Option::take);
            let mounts: Vec<_> = step.mounts().collect();
            let shared =
                is_cached(&mounts, "/var/lib/apt/lists") || !mounts.is_empty() && family == 1;
            if let Some((later, install)) = install.filter(|_| !shared) {
                report(step, update, later, &install, cx);
            }
            continue;
        }
        for command in commands.iter().rev() {
            match updates(command) {
                Some(family) => next.iter_mut().skip(family).take(1).for_each(|slot| *slot = None),
                None => {
                    let install = Install::of(command).filter(uses_index);
                    let slot =
                        install.as_ref().and_then(|found| next.get_mut(family(found.manager)?));
                    if let (Some(slot), Some(install)) = (slot, install) {
                        *slot = Some((step, install));
                    }
                }
            }
        }
    }
}

/// 0 for apt, 1 for apk.
const fn family(manager: Manager) -> Option<usize> {
    match manager {
        Manager::AptGet | Manager::Apt => Some(0),
        Manager::Apk => Some(1),
        _ => None,
    }
}

/// The family whose index a command fetches.
fn updates(command: &Command) -> Option<usize> {
    let found = Invocation::of(command).filter(|found| found.verb.text == "update")?;
    family(found.manager)
}

/// `apk add --no-cache` and its like fetch an index of their own.
fn uses_index(install: &Install<'_>) -> bool {
    let fresh = ["no-cache", "update", "update-cache"];
    install.manager.is_apt() || !fresh.iter().any(|flag| install.command.has_flag(Some('U'), flag))
}

fn report(
    step: &Step<'_>,
    update: &Command,
    later: &Step<'_>,
    install: &Install<'_>,
    cx: &mut Context<'_, '_>,
) {
    let shell = |step: &Step<'_>| {
        let run = &step.instruction.statement.body;
        matches!(run, Body::Run(CommandLine::Shell(_)))
    };
    let command = install.command;
    let joined = command.is_top_level() && !matches!(command.joint, Joint::Or | Joint::Pipe);
    let (gone, words) = (cx.extent(step.instruction.span()), update.span.of(cx.text));
    let message = "the index that this RUN fetches is kept, and the next installation uses it however old it is";
    let found = cx.report(update.span, message).related(install.verb.span, "installs from it");
    if shell(step) && shell(later) && joined && !words.contains('\n') {
        let edits =
            vec![Edit::delete(gone), Edit::insert(command.span.start, format!("{words} && "))];
        found.unsafe_fix("Fetch it in the RUN that installs, each time that runs", edits);
    }
}
