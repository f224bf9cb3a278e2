//! A build stage on the platform of the builder that forgets the platform of the image.

use crate::diagnostic::{Edit, Level};
use crate::model::{Base, Stage, Step};
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::ShellWord;
use crate::syntax::{Body, CommandLine};

pub const RULE: Rule = Rule {
    name: "go-target-arch",
    aliases: &[],
    area: Area::Go,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let platform = stage.from.instruction.statement.flag_value("platform");
    let crosses = platform.is_some_and(|platform| platform.text.contains("BUILDPLATFORM"));
    let fresh = matches!(stage.base, Base::Image(_));
    if !crosses || !fresh || stage.steps.iter().any(knows_target) {
        return;
    }
    for step in &stage.steps {
        let Body::Run(form) = step.body() else { continue };
        for command in &step.script.commands {
            let builds = command.subcommand().is_some_and(|verb| verb.text == "build");
            if command.program() != "go" || !builds {
                continue;
            }
            let message =
                "this builds for the machine that builds, also in an image for another platform";
            let found = cx.report(command.span, message);
            if let CommandLine::Shell(_) = form {
                let run = step.instruction.span().start;
                let edits = vec![
                    Edit::insert(run, "ARG TARGETOS TARGETARCH\n"),
                    Edit::insert(command.span.start, "GOOS=$TARGETOS GOARCH=$TARGETARCH "),
                ];
                found.unsafe_fix("Build for the platform of the image", edits);
            }
        }
    }
}

/// Whether a step asks for the target platform, or sets what Go compiles for.
fn knows_target(step: &Step<'_>) -> bool {
    let names = |text: &str| text.contains("GOARCH") || text.contains("TARGET");
    let names_word = |word: &ShellWord| names(&word.text);
    match step.body() {
        Body::Arg(declared) => declared.iter().any(|argument| names(&argument.name.text)),
        Body::Env(pairs) => pairs.iter().any(|pair| names(&pair.key.text)),
        _ => step
            .script
            .commands
            .iter()
            .any(|command| command.assignments.iter().chain(&command.words).any(names_word)),
    }
}
