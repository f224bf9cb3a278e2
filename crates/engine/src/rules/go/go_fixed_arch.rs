//! A program for one architecture, whatever the image is for.

use crate::diagnostic::{Edit, Level, Spoils};
use crate::image::{GoBuild, Machine};
use crate::model::{Stage, Step};
use crate::rules::{Area, Check, Context, Rule, golang};
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "go-fixed-arch",
    aliases: &[],
    area: Area::Go,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(Spoils::Start, &Check::File(check)),
};

fn check(cx: &mut Context<'_, '_>) {
    let Some(last) = cx.model.final_stage() else { return };
    let root = cx.model.root(last);
    let written = root.from.instruction.statement.flag_value("platform");
    let fixed = root.platform.as_deref().filter(|_| written.is_some_and(|w| !w.text.contains('$')));
    let wanted = cx.workspace.project.platform.as_deref();
    let builds = golang::shipped(cx);
    let first = builds.first().and_then(|build| build.architecture.as_deref());
    if builds.iter().any(|build| build.architecture.as_deref() != first) {
        // Programs for several architectures are meant.
        return;
    }
    for build in &builds {
        let Machine::Fixed(architecture) = &build.machine else { continue };
        let Some((stage, step)) = golang::run_of(build, cx) else { continue };
        let Some((place, owner)) = assignment(build, stage) else {
            check_stage(architecture, stage, fixed.or(wanted), cx);
            continue;
        };
        let named = build.flag("o").is_some_and(|flag| flag.value.contains(architecture.as_str()));
        if named || !build.is_for_linux() {
            continue;
        }
        let contradicts = |platform: &&str| platform.split('/').nth(1) != Some(architecture);
        let other = fixed.or(wanted);
        // A variable can be given another value, so only a contradiction counts.
        if place.of(cx.text).contains('$') && !other.is_some_and(|other| contradicts(&other)) {
            continue;
        }
        if fixed.is_some_and(|platform| !contradicts(&platform)) {
            continue;
        }
        let plain = golang::is_plain(step) && place.of(cx.text) == format!("GOARCH={architecture}");
        // On a fixed platform, `TARGETARCH` may be another one.
        let own = fixed.and_then(|platform| platform.split('/').nth(1));
        let fix = plain.then(|| match own {
            Some(own) => {
                let title = format!("Build for `{own}`");
                (title, vec![Edit::replace(place, format!("GOARCH={own}"))])
            }
            None => {
                let title = "Build for the platform of the image".to_owned();
                (title, fix(place, owner, stage, cx))
            }
        });
        let found = match other.filter(contradicts) {
            Some(platform) => {
                let message = format!(
                    "this builds for `{architecture}`, and the image is for `{platform}`, where it cannot start"
                );
                cx.report(place, message).level(Level::Error).in_stage(last.index)
            }
            None => {
                let message = format!(
                    "this builds for `{architecture}` also where the image is for another platform"
                );
                cx.report(place, message).spoils(None)
            }
        };
        if let Some((title, edits)) = fix {
            found.unsafe_fix(title, edits);
        }
    }
}

/// A build for the architecture of its stage, which is written out.
fn check_stage(
    architecture: &str,
    stage: &Stage<'_>,
    platform: Option<&str>,
    cx: &mut Context<'_, '_>,
) {
    let root = cx.model.root(stage);
    let Some(written) = root.from.instruction.statement.flag_value("platform") else { return };
    let Some(platform) = platform.filter(|other| other.split('/').nth(1) != Some(architecture))
    else {
        return;
    };
    let Some(last) = cx.model.final_stage().filter(|last| last.index != stage.index) else {
        return;
    };
    let message = format!(
        "this stage builds for `{architecture}`, and the image is for `{platform}`, where the program cannot start"
    );
    cx.report(written.span, message).level(Level::Error).in_stage(last.index);
}

/// The words that set the architecture of a build, with their instruction.
fn assignment<'s, 'a>(build: &GoBuild, stage: &'s Stage<'a>) -> Option<(Span, &'s Step<'a>)> {
    let before = |step: &&'s Step<'a>| step.instruction.span().start <= build.span.start;
    let steps = stage.steps.iter().take_while(before);
    let mut last = None;
    for step in steps {
        // What a RUN sets ends with it.
        let holds = step.run().is_none() || step.instruction.span().contains(build.span);
        step.assigned(&mut |name, _, span| {
            if name == "GOARCH" && holds && span.start < build.span.end {
                last = Some((span, step));
            }
        });
        if holds && step.run().is_some() {
            let words = step.script.commands.iter().flat_map(|command| &command.words);
            let mut words = words.filter(|word| word.text.starts_with("GOARCH="));
            last = words.next_back().map(|word| (word.span, step)).or(last);
        }
    }
    last
}

fn fix(place: Span, owner: &Step<'_>, stage: &Stage<'_>, cx: &Context<'_, '_>) -> Vec<Edit> {
    let declares = |step: &&Step<'_>| step.names().any(|name| name.text == "TARGETARCH");
    let declared = stage.steps.iter().find(declares).map(|step| step.instruction.span().start);
    let early = declared.is_some_and(|start| start < place.start);
    let mut edits = vec![Edit::replace(place, "GOARCH=$TARGETARCH")];
    edits.extend((!early).then(|| golang::declare("TARGETARCH", owner, cx)));
    edits
}
