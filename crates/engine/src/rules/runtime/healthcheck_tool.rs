//! HEALTHCHECK with a program that the image does not have.

use crate::catalog::PackageManager;
use crate::diagnostic::{Edit, Level, Spoils};
use crate::image::{is_missing, lacks_program};
use crate::model::{Stage, Step};
use crate::rules::install::install;
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::{Command, Joint, is_shell};
use crate::syntax::{Body, Keyword, base_name, instruction::Healthcheck, json_string};

pub const RULE: Rule = Rule {
    name: "healthcheck-tool",
    aliases: &[],
    area: Area::Runtime,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(Spoils::Use, &Check::Stage(check)),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    // The last one counts, and a stage on top may bring what this one lacks.
    let Some(step) = stage.steps_of(Keyword::Healthcheck).next_back().filter(|_| !stage.is_base)
    else {
        return;
    };
    if !matches!(step.body(), Body::Healthcheck(Healthcheck::Command(_))) {
        return;
    }
    for command in &step.script.commands {
        let Some(word) = command.words.first().filter(|_| decides(command, step)) else { continue };
        let path = command.program_path();
        let name = base_name(path);
        let missing = match path.contains('/') {
            true => path.starts_with('/') && is_missing(cx.images, stage.index, path),
            false => !is_shell(name) && lacks_program(cx.images, stage.index, name),
        };
        if name.is_empty() || !missing {
            continue;
        }
        let base = cx.model.root(stage).base_text();
        let message = format!("`{base}` has no `{path}`, so the check always fails");
        let fix = mended(command, step, stage, cx);
        let found = cx.report(word.span, message);
        if let Some((title, edit)) = fix {
            found.unsafe_fix(title, vec![edit]);
        }
        return;
    }
}

/// Whether the check fails if this command is not there.
fn decides(command: &Command, step: &Step<'_>) -> bool {
    let fallback = step.script.after(command).is_some_and(|next| {
        next.joint == Joint::Or && !matches!(next.program(), "exit" | "false" | "kill")
    });
    command.is_top_level() && matches!(command.joint, Joint::First | Joint::And) && !fallback
}

/// Another tool that is there, or the package.
fn mended(
    command: &Command,
    step: &Step<'_>,
    stage: &Stage<'_>,
    cx: &Context<'_, '_>,
) -> Option<(String, Edit)> {
    let image = cx.image(stage)?;
    let row = image.base.row()?;
    let tool = command.program();
    if tool == "curl" && row.wget == Some(true) {
        return by_wget(command, cx);
    }
    let is_root = image.user.is_none() && matches!(row.user, "root" | "0");
    let installable = matches!(tool, "curl" | "wget") && is_root;
    let manager = row.package_manager.filter(|manager| *manager == PackageManager::Apt)?;
    let run = install(manager, tool).filter(|_| installable)?;
    let edit = Edit::insert(step.instruction.span().start, format!("{run}\n"));
    Some((format!("Install {tool}, which makes the image bigger"), edit))
}

/// `curl -f URL` by the wget of BusyBox.
fn by_wget(command: &Command, cx: &Context<'_, '_>) -> Option<(String, Edit)> {
    const FLAGS: [&str; 5] = ["--fail", "--silent", "--show-error", "--location", "/dev/null"];
    let mut url = None;
    let mut waits = false;
    for word in command.arguments() {
        let letters = word.text.strip_prefix('-').filter(|rest| !rest.starts_with('-'));
        let bundle =
            letters.is_some_and(|all| all.bytes().all(|letter| b"fsSLo".contains(&letter)));
        if std::mem::take(&mut waits) || FLAGS.contains(&&*word.text) {
            // Of an answer, only the status counts.
        } else if bundle {
            waits = word.text.ends_with('o');
        } else if url.is_some() || word.text.starts_with('-') {
            return None;
        } else {
            url = Some(word);
        }
    }
    let (first, url) = (command.words.first()?, url?);
    let last = command.words.last()?;
    let written = url.span.of(cx.text);
    let text = match first.span.of(cx.text).starts_with('"') {
        true => format!("\"wget\", \"-qO-\", {}", json_string(&url.text)),
        false => format!("wget -qO- {written}"),
    };
    Some((
        "Take the wget that is there".to_owned(),
        Edit::replace(first.span.cover(last.span), text),
    ))
}
