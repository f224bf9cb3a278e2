//! A user that is created, and never used.

use crate::diagnostic::{Edit, Level};
use crate::model::Step;
use crate::named::Named;
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::{Account, ShellWord};
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "user-created-unused",
    aliases: &["tally:user-created-but-never-used"],
    area: Area::UserWorkdirExpose,
    level: Level::Warning,
    recommended: false,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    let Some(last) = model.final_stage() else { return };
    if cx.image(last).is_none_or(|image| image.user.is_some()) {
        return;
    }
    let creates =
        |step: &Step<'_>| ["adduser", "useradd"].iter().any(|program| step.script.may_run(program));
    if !model.stages.iter().any(|stage| stage.shipped && stage.steps.iter().any(creates)) {
        return;
    }
    let mut created: Named<&ShellWord> = Named::new();
    for stage in model.stages.iter().filter(|stage| stage.shipped) {
        for step in &stage.steps {
            for command in &step.script.commands {
                let account = Account::of(command).filter(|account| account.creates);
                match account {
                    Some(account) if created.contains(&account.user.text) => {}
                    Some(account) => created.insert(&*account.user.text, account.user),
                    None => command.words.iter().for_each(|word| forget(&word.text, &mut created)),
                }
                if gives_root_up(command.unwrapped_program()) {
                    return;
                }
            }
            let owner = step.instruction.statement.flag_value("chown");
            owner.and_then(|owner| step.text(owner)).into_iter().for_each(|owner| {
                forget(owner, &mut created);
            });
        }
    }
    let place = place_of_user(&last.steps);
    for (_, user) in created.iter() {
        let message =
            format!("`{}` is created, and the program runs as root all the same", user.text);
        let found = cx.report(user.span, message);
        if let Some(offset) = place.filter(|offset| *offset > user.span.end) {
            let title = format!("Run as `{}`, who must be able to read what is needed", user.text);
            found.unsafe_fix(title, vec![Edit::insert(offset, format!("USER {}\n", user.text))]);
        }
    }
}

/// A user who is named again is used, if only as the owner of files.
fn forget(text: &str, created: &mut Named<&ShellWord>) {
    if created.is_empty() {
        return;
    }
    let part = |ch: char| !ch.is_ascii_alphanumeric() && !matches!(ch, '-' | '_');
    for name in text.split(part) {
        created.remove(name);
    }
}

/// Programs that run another one as somebody else, or that may be called to do so at start.
fn gives_root_up(program: &str) -> bool {
    let known = ["chroot", "gosu", "runuser", "setpriv", "setuser", "su", "su-exec", "supervisord"];
    known.contains(&program) || program.ends_with(".sh") || program.contains("entrypoint")
}

/// Before CMD or ENTRYPOINT, if nothing behind it changes files.
fn place_of_user(steps: &[Step<'_>]) -> Option<u32> {
    let is_start = |step: &Step<'_>| matches!(step.keyword(), Keyword::Entrypoint | Keyword::Cmd);
    let first = steps.iter().position(is_start)?;
    let mut behind = steps.iter().skip(first);
    let changes = |body: &Body| matches!(body, Body::Run(_) | Body::Copy(_) | Body::Add(_));
    if behind.any(|step| changes(step.body())) {
        return None;
    }
    steps.get(first).map(|step| step.instruction.span().start)
}
