//! Package lists of apt that stay in a layer.

use crate::diagnostic::Level;
use crate::image::apt_lists_left;
use crate::model::{Base, Stage, Step};
use crate::report::RuleSet;
use crate::rules::cleaning::{at_the_end, holds_cache};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Invocation, Script, lists};
use crate::source::Span;
use crate::syntax::{Keyword, Mount};

pub const RULE: Rule = Rule {
    name: "apt-lists",
    aliases: &[
        "hadolint:DL3009",
        "kics:AptGetListsNotDeleted",
        "semgrep:remove-package-lists",
        "dockle:DKL-DI-0005",
        "dockerfilelint:apt-get_missing_rm",
        "droast:DF004",
        "whalelint:RUN006",
    ],
    area: Area::Packages,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Run, Keyword::Onbuild], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let (Some(stage), step) = (site.stage, site.step) else { return };
    // hadolint looks at the last stage and at all that any other stage builds on; to it, a trigger
    // always ends up in what somebody ships.
    let hadolint = cx.follows(RuleSet::Hadolint);
    let triggered = step.keyword() == Keyword::Onbuild;
    if !stage.shipped && !(hadolint && (stage.is_base || triggered)) {
        return;
    }
    let mounts: Vec<_> = step.mounts().collect();
    let left = match hadolint {
        true if step.script.whole => left_to_hadolint(&step.script, &mounts),
        true => None,
        false => apt_lists_left(&step.script, &mounts),
    };
    let Some(update) = left else { return };
    let removal = at_the_end(step, cx.text, "rm -rf /var/lib/apt/lists/*");
    let removal = removal.filter(|_| !are_needed(stage, step, &cx.model.stages));
    let found = cx.report(update, "the package lists of apt stay in this layer");
    if let Some(edit) = removal {
        found.safe_fix("Remove them at the end of this RUN", vec![edit]);
    }
}

/// Most later stages that are looked at.
const MOST_STAGES: usize = 64;

/// Whether an installation reads these lists later on, in this stage or in one that builds on it.
fn are_needed(stage: &Stage<'_>, step: &Step<'_>, stages: &[Stage<'_>]) -> bool {
    let place = step.instruction.span();
    let behind = stage.steps.partition_point(|other| other.instruction.span() <= place);
    let first_use = |steps: &[Step<'_>]| steps.iter().find_map(fetches_first);
    match first_use(stage.steps.get(behind..).unwrap_or_default()) {
        Some(fetches) => !fetches,
        None if !stage.is_base => false,
        None => {
            let mut with_lists = vec![stage.index];
            for later in stages.iter().skip(stage.index + 1) {
                let Base::Stage(parent) = later.base else { continue };
                if !with_lists.contains(&parent) {
                    continue;
                }
                match first_use(&later.steps) {
                    Some(true) => {}
                    Some(false) => return true,
                    None if with_lists.len() == MOST_STAGES => return true,
                    None => with_lists.push(later.index),
                }
            }
            false
        }
    }
}

/// Whether a RUN that installs with apt fetches its own lists before; `None` for others.
fn fetches_first(step: &Step<'_>) -> Option<bool> {
    const READING: &str =
        "build-dep dist-upgrade download full-upgrade install satisfy source upgrade";
    let used = step.script.commands.iter().filter_map(Invocation::of);
    let mut verbs = used.filter(|used| used.manager.is_apt()).map(|used| &used.verb.text);
    verbs.find_map(|verb| match verb == "update" {
        true => Some(true),
        false => lists(READING, verb).then_some(false),
    })
}

/// The `update` behind or before which hadolint sees no removal: it takes any `rm -rf` for one, and
/// knows no other command that removes the lists.
fn left_to_hadolint(script: &Script, mounts: &[Mount<'_>]) -> Option<Span> {
    let mounted = |folder: &str| holds_cache(mounts, folder);
    if mounted("/var/lib/apt/lists") || (mounted("/var/lib/apt") && mounted("/var/cache/apt")) {
        return None;
    }
    let updates = |command: &&Command| {
        matches!(command.program_path(), "apt" | "apt-get" | "aptitude") && command.has("update")
    };
    let removes = |command: &Command| {
        command.program_path() == "rm"
            && (command.has("-rf") || command.has("/var/lib/apt/lists/*"))
    };
    let update = script.commands.iter().find(updates)?;
    (!script.commands.iter().any(removes)).then_some(update.span)
}
