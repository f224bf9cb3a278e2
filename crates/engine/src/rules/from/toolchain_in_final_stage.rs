//! A compiler in the image that ships.

use crate::catalog::{Platform, Toolchain};
use crate::diagnostic::Level;
use crate::image::{BaseFacts, Entry, Origin, Started};
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::base_name;

pub const RULE: Rule = Rule {
    name: "toolchain-in-final-stage",
    aliases: &[
        "dockopt:GO003",
        "dockopt:GO001",
        "dockopt:RUST001",
        "droast:DF011",
        "tally:prefer-multi-stage-build",
    ],
    area: Area::From,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    let Some(stage) = model.final_stage() else { return };
    let Some(image) = cx.image(stage) else { return };
    let BaseFacts::Known(found) = image.base else { return };
    let row = found.image;
    let Some(toolchain) = row.toolchain.filter(|found| found.only_for_building()) else { return };
    let develops = stage.is_for_development();
    let entries = || image.entrypoint.iter().chain(&image.cmd);
    // Without a command of its own it is a tool, and one that runs the compiler needs it.
    if develops || entries().next().is_none() || entries().any(runs_toolchain) {
        return;
    }
    let root = model.root(stage);
    let single = model.stages.len() == 1;
    let name = toolchain.name();
    let platform = cx.workspace.project.platform.as_deref().unwrap_or_default();
    let bytes = found.size(Platform::from_name(platform).unwrap_or_default()).unpacked;
    let bytes = bytes.map(|bytes| format!(" ({} MB unpacked)", bytes.likely / 1_000_000));
    let base = format!("`{}`{}", root.base_text(), bytes.unwrap_or_default());
    // Some programs call the compiler; of one that the build has just linked it is not likely.
    let is_go = |started: &Started<'_>| match started {
        Started::File(path, file) => {
            matches!(file.origin, Origin::Built(_)) && !TOOLS.contains(&base_name(path))
        }
        _ => false,
    };
    let builds_what_starts = || {
        let name = entries().next().map_or("", Entry::program_name);
        image.go_builds.iter().any(|build| {
            let installs =
                |package: &String| package.split('@').next().map(base_name) == Some(name);
            let own = |package: &String| !package.contains('@');
            build.packages.is_empty() || build.packages.iter().any(|p| own(p) || installs(p))
        })
    };
    let certain =
        toolchain != Toolchain::Go || is_go(cx.started(stage)) || (single && builds_what_starts());
    if !certain {
        return;
    }
    let found = if single {
        let message = format!(
            "the image ships the {name} toolchain of {base}: fine to try something out, but only the build needs it"
        );
        cx.report(stage.base_span(), message).level(Level::Info)
    } else {
        let message = format!(
            "the final stage ships the {name} toolchain of {base}, which only the build needs"
        );
        cx.report(stage.base_span(), message)
    };
    if root.index != stage.index {
        found.related(root.base_span(), "the toolchain comes in here");
    }
}

/// Compilers, what calls them, shells, and what only waits.
const TOOLS: [&str; 28] = [
    "air",
    "bash",
    "cargo",
    "cmake",
    "CompileDaemon",
    "dlv",
    "g++",
    "gcc",
    "go",
    "gotestsum",
    "gow",
    "gradle",
    "gradlew",
    "javac",
    "jshell",
    "make",
    "mvn",
    "mvnw",
    "reflex",
    "rustc",
    "sbt",
    "sh",
    "swift",
    "swiftc",
    "tail",
    "sleep",
    "watchexec",
    "zsh",
];

/// Whether the command is the compiler, something that calls it, or a shell for a person.
fn runs_toolchain(entry: &Entry) -> bool {
    let mut words =
        entry.words.iter().flat_map(|word| word.split_whitespace()).filter(|word| *word != "exec");
    let program = words.next().unwrap_or_default();
    let program = program.rsplit('/').next().unwrap_or_default();
    match program {
        "dotnet" => matches!(words.next(), Some("build" | "run" | "test" | "watch")),
        // A shell with a script starts a program; alone it waits for a person.
        "bash" | "sh" | "zsh" => words.next().is_none_or(|word| matches!(word, "-l" | "-i")),
        _ => TOOLS.contains(&program),
    }
}
