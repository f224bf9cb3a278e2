//! Commands that Go refuses to run.

use crate::diagnostic::{Level, Spoils};
use crate::image::{Cgo, GoBuild};
use crate::model::Stage;
use crate::rules::{Area, Check, Context, Rule};
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "go-refused",
    aliases: &[],
    area: Area::Go,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(Spoils::Build, &Check::Stage(check)),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let Some(image) = cx.image(stage) else { return };
    for build in &image.go_builds {
        needs_cgo(build, cx);
        let given = || build.flags.iter().filter(|flag| flag.span.is_some());
        let place = given().skip(1).find(|flag| flag.name == "C").and_then(|flag| flag.span);
        if let Some(place) = place {
            cx.report(place, "Go takes `-C` only as the first flag");
        }
        for variable in build.linker.variables.iter().filter(|_| !build.linker.open) {
            let empty = variable.value.is_none() && !variable.name.contains(['$', '`']);
            if let Some(place) = ldflags(build).filter(|_| empty) {
                let message = format!("the linker wants `-X {}=...`, with a value", variable.name);
                cx.report(place, message);
            }
        }
        if !build.installs || build.bin.is_none() {
            continue;
        }
        let message = "`go install` refuses to build for another platform where `GOBIN` is set";
        if build.foreign == Some(true) {
            cx.report(build.verb, message);
        } else if build.may_cross() {
            let found = cx.report(build.verb, message).level(Level::Warning);
            found.spoils(Some(Spoils::Maybe));
        }
    }
}

/// Flags for which C has to take part.
fn needs_cgo(build: &GoBuild, cx: &mut Context<'_, '_>) {
    if build.cgo != Cgo::Off {
        return;
    }
    let library = build.flag("buildmode").filter(|_| build.is_library());
    let flag = build.sanitizer().or(library.filter(|flag| flag.value != "archive"));
    if let Some(flag) = flag {
        let value = if flag.value.is_empty() { String::new() } else { format!("={}", flag.value) };
        let message = format!("`-{}{value}` needs cgo, which is off here", flag.name);
        cx.report(flag.span.unwrap_or(build.verb), message);
    }
    if build.linker.external
        && let Some(place) = ldflags(build)
    {
        cx.report(place, "`-linkmode external` needs cgo, which is off here");
    }
}

fn ldflags(build: &GoBuild) -> Option<Span> {
    build.flag("ldflags")?.value_word
}
