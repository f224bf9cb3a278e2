//! A program to start that is not there, or that is a directory.

use crate::diagnostic::{Edit, Level, Spoils};
use crate::image::{Image, Started, lacks_shell_at};
use crate::model::Stage;
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::is_shell;
use crate::source::Span;
use crate::syntax::{Body, CommandLine, Keyword, Word, json_string};

pub const RULE: Rule = Rule {
    name: "nothing-to-start",
    aliases: &[],
    area: Area::Runtime,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(Spoils::Start, &Check::Stage(check)),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let Some(image) = cx.image(stage) else { return };
    let (program, meant, message) = match cx.started(stage).clone() {
        Started::Directory(path) => {
            let mut below = image.files.below(&path).map(|(path, _)| path.to_owned());
            let first = below.next();
            let only = first.filter(|_| below.next().is_none());
            drop(below);
            let message = format!("`{path}` is a directory, made by WORKDIR or `mkdir`");
            (path, only, message)
        }
        Started::NoScript(path) => {
            let base = cx.model.root(stage).base_text();
            let message = format!(
                "the entry point of `{base}` is a shell, which takes `{path}` for a script, so the container cannot start"
            );
            let Some((span, _)) = place(stage, image, &path) else { return };
            let keyword = stage.steps_of(Keyword::Cmd).next_back();
            let keyword = keyword.map(|step| step.instruction.statement.keyword_word.span);
            let found = cx.report(span, message);
            if let Some(keyword) = keyword {
                let edit = Edit::replace(keyword, "ENTRYPOINT");
                found.unsafe_fix("Make it the entry point", vec![edit]);
            }
            return;
        }
        // `missing-shell` says it better.
        Started::Missing { program, .. }
            if is_shell(&program) && lacks_shell_at(cx.images, stage.index, &program) =>
        {
            return;
        }
        // Brackets that are no JSON have rules of their own.
        Started::Missing { program, .. } if program.trim_start_matches('/').starts_with('[') => {
            return;
        }
        Started::Missing { program, meant } if program.starts_with('/') => {
            let message = format!(
                "no instruction puts anything at `{program}`, so the container cannot start"
            );
            (program, meant, message)
        }
        Started::Missing { program, meant } => {
            let message =
                format!("no folder of `$PATH` has `{program}`, so the container cannot start");
            (program, meant, message)
        }
        _ => return,
    };
    let Some((span, word)) = place(stage, image, &program) else { return };
    let found = cx.report(span, message);
    if let (Some(meant), Some(word)) = (meant, word) {
        let edit = Edit::replace(word.span, json_string(&meant));
        found.unsafe_fix(format!("Start `{meant}`"), vec![edit]);
    }
}

/// Where this stage names the program, and the word of the exec form; `None` if a stage below does.
fn place<'s>(
    stage: &'s Stage<'_>,
    image: &Image,
    program: &str,
) -> Option<(Span, Option<&'s Word>)> {
    let entries = [image.entrypoint.as_ref(), image.cmd.as_ref()];
    let is_entry = |span: Span| entries.iter().flatten().any(|entry| entry.span == span);
    let mut first = None;
    for step in &stage.steps {
        let (Body::Cmd(command) | Body::Entrypoint(command)) = step.body() else { continue };
        let span = step.instruction.statement.arguments.span;
        if !is_entry(span) {
            continue;
        }
        let CommandLine::Exec(words, _) = command else {
            first = first.or(Some((span, None)));
            continue;
        };
        // As written, the path may be relative.
        let names = |word: &&Word| {
            let text = word.text.trim_start_matches("./");
            !text.is_empty() && program.ends_with(text)
        };
        if let Some(word) = words.iter().find(names) {
            return Some((word.span, Some(word)));
        }
        first = first.or(Some((span, None)));
    }
    first
}
