//! A program to start that is not there, or that is a directory.

use crate::catalog::Libc;
use crate::diagnostic::{Edit, Level};
use crate::image::{BaseFacts, is_directory, lacks, started};
use crate::model::Stage;
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::{Body, CommandLine, Word, json_string};

pub const RULE: Rule = Rule {
    name: "nothing-to-start",
    aliases: &[],
    area: Area::Runtime,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let Some(image) = cx.image(stage) else { return };
    let Some(word) = image.entry().and_then(|entry| program(stage, entry.span.start)) else {
        return;
    };
    let Some((path, file)) = started(cx.images, stage.index) else { return };
    if !path.starts_with('/') || file.is_some() || path == "/" {
        return;
    }
    let bare = match image.base {
        BaseFacts::Scratch => true,
        // Images for static programs bring certificates and the like, but nothing to start.
        BaseFacts::Known(found) => found.image.libc == Libc::None && found.image.shell.is_none(),
        BaseFacts::Unknown => false,
    };
    if is_directory(cx.images, stage.index, &path) {
        let mut below = image.files.below(&path).map(|(path, _)| path);
        let only = below.next().filter(|_| below.next().is_none());
        let meant =
            only.map(|meant| (meant.to_owned(), Edit::replace(word.span, json_string(meant))));
        let found = cx.report(word.span, format!("`{path}` is a directory, made by WORKDIR"));
        if let Some((meant, edit)) = meant {
            found.unsafe_fix(format!("Start `{meant}`"), vec![edit]);
        }
    } else if bare && lacks(cx.images, stage.index, &path) {
        let message =
            format!("no instruction puts anything at `{path}`, so the container cannot start");
        cx.report(word.span, message);
    }
}

/// The first word of the exec form at that place.
fn program<'s>(stage: &'s Stage<'_>, place: u32) -> Option<&'s Word> {
    stage.steps.iter().find_map(|step| match step.body() {
        Body::Cmd(CommandLine::Exec(words, span))
        | Body::Entrypoint(CommandLine::Exec(words, span))
            if span.start == place =>
        {
            words.first()
        }
        _ => None,
    })
}
