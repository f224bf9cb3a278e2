//! RUN in an image without a shell.

use crate::diagnostic::{Level, Spoils};
use crate::image::{lacks_program, lacks_shell_at};
use crate::model::Stage;
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::{Body, CommandLine, Keyword};

pub const RULE: Rule = Rule {
    name: "shell-run-in-scratch",
    aliases: &["tally:shell-run-in-scratch"],
    area: Area::Run,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(Spoils::Build, &Check::Stage(check)),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let Some(image) = cx.image(stage) else { return };
    // What was copied into a base that is a stage might be a shell.
    if image.parent.is_some() {
        return;
    }
    for step in &stage.steps {
        match step.body() {
            // A file system, or a shell from elsewhere.
            Body::Copy(copy) | Body::Add(copy) => {
                let path = step.text(&copy.destination).unwrap_or("/bin");
                let archive = step.keyword() == Keyword::Add;
                let from = step.instruction.statement.flag("from").is_some();
                let programs = ["bin", "busybox", "lib"].iter().any(|part| path.contains(part));
                if archive || (from && (programs || path.trim_matches(['/', '.']).is_empty())) {
                    return;
                }
            }
            Body::Run(command) if step.mounts().next().is_none() => {
                let base = stage.base_text();
                let place = step.instruction.statement.keyword_word.span;
                let message = match command {
                    CommandLine::Shell(_) => {
                        let shell = step.shell.words.first().map_or("/bin/sh", String::as_str);
                        if !lacks_shell_at(cx.images, stage.index, shell) {
                            continue;
                        }
                        match shell {
                            "/bin/sh" => format!("`{base}` has no shell that could run this"),
                            _ => format!("`{base}` has no `{shell}` that could run this"),
                        }
                    }
                    CommandLine::Exec(words, _) => {
                        let program = words.first().map_or("", |word| word.text.as_str());
                        if image.base.has_shell() != Some(false)
                            || program.contains('/')
                            || !lacks_program(cx.images, stage.index, program)
                        {
                            continue;
                        }
                        format!("`{base}` has no `{program}`")
                    }
                    CommandLine::Empty => continue,
                };
                cx.report(place, message).related(stage.base_span(), "the image without a shell");
            }
            _ => {}
        }
    }
}
