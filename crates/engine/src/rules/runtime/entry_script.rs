//! A script to start that names no interpreter, or one that is not there.

use crate::diagnostic::{Edit, Level, Spoils};
use crate::image::{
    BaseFacts, File, Hashbang, Origin, Started, lacks, lacks_program, lacks_shell, lacks_shell_at,
};
use crate::model::Stage;
use crate::rules::install::install;
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::{is_script, is_shell};
use crate::source::Span;
use crate::syntax::base_name;
use std::collections::HashSet;

pub const RULE: Rule = Rule {
    name: "entry-script",
    aliases: &[],
    area: Area::Runtime,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(Spoils::Start, &Check::File(check)),
};

fn check(cx: &mut Context<'_, '_>) {
    let mut reported = HashSet::new();
    // The final stage comes first: a script is reported once.
    for stage in cx.model.stages.iter().rev() {
        let Started::File(path, file) = cx.started(stage) else { continue };
        let Some(entry) = cx.image(stage).and_then(|image| image.entry()) else { continue };
        // A shell, or an init, would run a text without `#!` by itself.
        let by_kernel =
            !entry.shell_form && entry.program.as_deref().map(base_name) == Some(base_name(path));
        let base = cx.model.root(stage).base_text();
        let (what, fix) = match &file.origin {
            Origin::Inline { hashbang: None, .. } if by_kernel => {
                let body = body(file, cx);
                let add = |body: Span| Edit::insert(body.start, "#!/bin/sh\n");
                let has_shell = !lacks_shell(cx.images, stage.index);
                let fix = body.filter(|_| has_shell).map(add);
                ("has no `#!` line".to_owned(), fix.map(|edit| ("Start it with `#!/bin/sh`", edit)))
            }
            Origin::Inline { hashbang: Some(line), .. } if line.carriage_return => {
                let unix = |body: Span| Edit::replace(body, body.of(cx.text).replace("\r\n", "\n"));
                let fix = body(file, cx).map(unix).map(|edit| ("End its lines without it", edit));
                ("has a carriage return behind `#!`".to_owned(), fix)
            }
            Origin::Inline { hashbang: Some(line), .. } => {
                let Some(missing) = missing(line, stage, cx) else { continue };
                let fix = installation(missing, file, stage, cx);
                (format!("needs `{missing}`, and `{base}` has none"), fix)
            }
            Origin::Context if is_script(path) && lacks_shell(cx.images, stage.index) => {
                (format!("is a script, and `{base}` has no shell"), None)
            }
            _ => continue,
        };
        let place = file.span;
        let started_by = entry.span;
        if !reported.insert(place) {
            continue;
        }
        let message = format!("`{path}` {what}, so the container cannot start");
        let found = cx.report(place, message).in_stage(stage.index);
        let found = found.related(started_by, "this starts it");
        if let Some((title, edit)) = fix {
            found.unsafe_fix(title, vec![edit]);
        }
    }
}

/// The text of the heredoc that wrote the script.
fn body(file: &File, cx: &Context<'_, '_>) -> Option<Span> {
    let mut heredocs = cx.model.steps().flat_map(|(_, step)| &step.instruction.line.heredocs);
    heredocs.find(|heredoc| heredoc.span == file.span).map(|heredoc| heredoc.body)
}

/// The interpreter that is certainly not there.
fn missing<'l>(line: &'l Hashbang, stage: &Stage<'_>, cx: &Context<'_, '_>) -> Option<&'l str> {
    let at = |path: &&str| {
        lacks(cx.images, stage.index, path)
            || path.starts_with("/bin/")
            || path.starts_with("/usr/")
    };
    let absent = |name: &&str| lacks_program(cx.images, stage.index, name);
    let path = line.interpreter.as_str();
    let no_shell = |path: &&str| is_shell(path) && lacks_shell_at(cx.images, stage.index, path);
    let itself = Some(path).filter(|path| no_shell(path) || (absent(&base_name(path)) && at(path)));
    itself.or_else(|| line.looked_up.as_deref().filter(absent))
}

/// A RUN before the script that installs its interpreter.
fn installation(
    program: &str,
    file: &File,
    stage: &Stage<'_>,
    cx: &Context<'_, '_>,
) -> Option<(&'static str, Edit)> {
    let package = match base_name(program) {
        "bash" => "bash",
        "python3" | "python" => "python3",
        _ => return None,
    };
    let image = cx.image(stage)?;
    let BaseFacts::Known(found) = image.base else { return None };
    let is_root = image.user.is_none() && matches!(found.image.user, "root" | "0");
    let own = stage.steps.iter().find(|step| step.instruction.span().contains(file.span))?;
    let run = install(found.image.package_manager?, package).filter(|_| is_root)?;
    Some(("Install it", Edit::insert(own.instruction.span().start, format!("{run}\n"))))
}
