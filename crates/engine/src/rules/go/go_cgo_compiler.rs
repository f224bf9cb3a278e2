//! cgo without a C compiler that could build for the target.

use crate::catalog::{Family, PackageManager};
use crate::diagnostic::{Edit, Level, Spoils};
use crate::image::{Cgo, GoBuild};
use crate::model::{Base, Stage, Step};
use crate::rules::{Area, Check, Context, Rule, golang};
use crate::shell::{Command, Install};
use crate::syntax::Body;

pub const RULE: Rule = Rule {
    name: "go-cgo-compiler",
    aliases: &[],
    area: Area::Go,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(Spoils::Build, &Check::Stage(check)),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let Some(image) = cx.image(stage) else { return };
    for build in &image.go_builds {
        if build.compiler.is_some() || !wants_c(build) || may_bring_compiler(build, stage, cx) {
            continue;
        }
        let base = cx.model.root(stage).base_text();
        if build.has_compiler == Some(false) {
            let message = format!(
                "cgo is on, and `{base}` has no C compiler, so the build stops at the first package that uses C, as `net` does"
            );
            let row = image.base.row();
            let alpine = row.is_some_and(|row| {
                row.family == Family::Alpine && row.package_manager == Some(PackageManager::Apk)
            });
            let edit = golang::run_of(build, cx).filter(|_| alpine).map(|(_, step)| {
                let start = step.instruction.span().start;
                Edit::insert(start, "RUN apk add --no-cache gcc musl-dev\n")
            });
            // Somebody who asks for cgo by name has a package that uses C.
            let found = cx.report(build.verb, message).level(Level::Error);
            if let Some(edit) = edit {
                found.unsafe_fix("Install one before", vec![edit]);
            }
        } else if build.foreign == Some(true) || (build.may_cross() && is_native(stage)) {
            let message = "cgo is on, and the C compiler here builds for the machine that it runs on, not for another target";
            let found = cx.report(build.verb, message);
            match build.foreign {
                Some(true) => found.level(Level::Error),
                _ => found.spoils(Some(Spoils::Maybe)),
            };
        }
    }
}

fn wants_c(build: &GoBuild) -> bool {
    build.cgo == Cgo::On || (build.sanitizer().is_some() && build.cgo != Cgo::Off)
}

/// Whether the stage stays on the platform of the builder, whatever the target is.
fn is_native(stage: &Stage<'_>) -> bool {
    let platform = stage.from.instruction.statement.flag_value("platform");
    platform.is_some_and(|platform| platform.text.contains("BUILDPLATFORM"))
}

/// Whether anything before the build may bring a compiler that is not known.
fn may_bring_compiler(build: &GoBuild, stage: &Stage<'_>, cx: &Context<'_, '_>) -> bool {
    let mut below = Some(stage);
    let mut left = 64;
    while let Some(stage) = below.filter(|_| left > 0) {
        left -= 1;
        let before = |step: &&Step<'_>| step.instruction.span().start <= build.span.start;
        if stage.steps.iter().take_while(before).any(brings) {
            return true;
        }
        below = match stage.base {
            Base::Stage(parent) => cx.model.stages.get(parent),
            _ => None,
        };
    }
    left == 0
}

fn brings(step: &Step<'_>) -> bool {
    match step.body() {
        Body::Copy(copy) | Body::Add(copy) => {
            let foreign = step.instruction.statement.flag("from").is_some();
            let path = step.text(&copy.destination).unwrap_or("/");
            foreign && (path == "/" || path.contains("bin") || path.contains("/usr"))
        }
        Body::Run(_) => step.script.commands.iter().any(|command| {
            let Some(install) = Install::of(command) else { return runs_anything(command) };
            let named = |name: &str| {
                ["gcc", "clang", "cross", "zig", "musl", "llvm"].iter().any(|c| name.contains(c))
            };
            let cross = |name: &str| named(name) && !matches!(name, "gcc" | "musl-dev" | "musl");
            install.open_ended || install.packages.iter().any(|package| cross(&package.name))
        }),
        _ => false,
    }
}

/// Scripts, and tools that bring others in.
fn runs_anything(command: &Command) -> bool {
    let path = command.unwrapped().first().map_or("", |word| word.text.as_str());
    let name = path.rsplit('/').next().unwrap_or_default();
    let tool = matches!(
        name,
        "." | "bash" | "eval" | "make" | "mage" | "nix" | "sh" | "source" | "tar" | "task" | "zig"
    );
    tool || name.starts_with("xx-") || path.starts_with(['.', '$']) || path.ends_with(".sh")
}
