//! A working directory of root into which another user's RUN writes.

use crate::catalog::{BaseImage, Start};
use crate::diagnostic::{Edit, Level, Spoils};
use crate::model::{Stage, Step};
use crate::rules::users::is_certainly_not_root;
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::{Account, Command, Dependencies, Manager};
use crate::source::Span;
use crate::syntax::{Body, CommandLine, instruction::Copy};

pub const RULE: Rule = Rule {
    name: "workdir-not-writable",
    aliases: &[],
    area: Area::UserWorkdirExpose,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(Spoils::Build, &Check::Stage(check)),
};

/// The working directory, where root made it and nobody has changed that since.
struct Made<'s> {
    path: &'s str,
    by: Span,
}

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let Some(image) = cx.image(stage).filter(|image| image.parent.is_none()) else { return };
    let Some(row) = image.base.row() else { return };
    let mut user = Some(row.user.to_owned());
    let mut user_place = None;
    let mut made: Option<Made<'_>> = None;
    for step in &stage.steps {
        let restricted = user.as_deref().is_some_and(is_certainly_not_root);
        match step.body() {
            Body::User(word) => {
                user = step.text(word).map(str::to_owned);
                user_place = Some(step.instruction.span().start);
            }
            Body::Workdir(word) => {
                let root = matches!(user.as_deref(), Some("root" | "0" | ""));
                let path = step.text(word).map(|path| path.trim_end_matches('/'));
                let new = path.filter(|path| root && is_new(path, row));
                made = new.map(|path| Made { path, by: word.span });
            }
            Body::Copy(copy) | Body::Add(copy) => {
                made = made.filter(|made| !may_give_away(step, copy, made.path));
            }
            Body::Run(CommandLine::Shell(_)) if restricted => {
                let Some(made) = &made else { continue };
                let Some(command) = writes(step).filter(|_| user_place.is_some()) else { continue };
                let name = user.as_deref().unwrap_or_default();
                let message = format!(
                    "this writes into `{}`, which belongs to root, and runs as `{name}`",
                    made.path
                );
                let fix = user_place
                    .map(|at| Edit::insert(at, format!("RUN chown {name} {}\n", made.path)));
                let found = cx.report(command.span, message).related(made.by, "root makes it here");
                if let Some(edit) = fix {
                    found.unsafe_fix(format!("Give it to `{name}`"), vec![edit]);
                }
                return;
            }
            Body::Run(_) => made = made.filter(|made| leaves_owner(step, made.path)),
            _ => {}
        }
    }
}

/// Whether the base certainly has no folder there.
fn is_new(path: &str, row: &BaseImage) -> bool {
    const NEW: [&str; 8] =
        ["/app", "/build", "/code", "/project", "/src", "/usr/src/", "/work", "/opt/"];
    let plain = !matches!(row.start, Start::Service) && path != row.workdir;
    plain && !path.contains(['$', '.']) && NEW.iter().any(|new| path.starts_with(new))
}

/// COPY --chown of a folder may hand it over.
fn may_give_away(step: &Step<'_>, copy: &Copy, path: &str) -> bool {
    let into = step.text(&copy.destination).map(|path| path.trim_end_matches(['/', '.']));
    let files = |source: &crate::syntax::Word| {
        let name = source.text.rsplit('/').next().unwrap_or_default();
        name.trim_start_matches('.').contains('.') && !name.contains('$')
    };
    step.instruction.statement.flag("chown").is_some()
        && into.is_none_or(|into| into.is_empty() || path.starts_with(into))
        && !copy.sources.iter().all(files)
}

/// Commands of root that leave the owner of the folder as it is.
fn leaves_owner(step: &Step<'_>, path: &str) -> bool {
    const QUIET: [&str; 12] = [
        "apt-mark", "cat", "corepack", "echo", "export", "go", "mkdir", "npm", "pip", "printf",
        "set", "yarn",
    ];
    let quiet = |command: &Command| {
        let names_it = command.words.iter().any(|word| word.text.contains(path) || !word.literal);
        let account = Account::of(command).is_some_and(|account| account.creates);
        let groups = matches!(command.program(), "addgroup" | "groupadd");
        let cleans = command.program() == "rm";
        let known = account
            || groups
            || cleans
            || Manager::of(command).is_some()
            || QUIET.contains(&command.program());
        known && !names_it
    };
    !step.script.commands.is_empty() && step.script.whole && step.script.commands.iter().all(quiet)
}

/// The first command, if it certainly writes into the working directory.
fn writes<'s>(step: &'s Step<'_>) -> Option<&'s Command> {
    let command = step.script.commands.first()?;
    let installs = || {
        let found = Dependencies::of(command)?;
        Some(["npm", "pnpm", "yarn"].iter().any(|tool| found.shown.starts_with(tool)))
    };
    let relative = |word: &crate::shell::ShellWord| {
        word.literal && !word.text.starts_with(['/', '-', '~']) && !word.text.contains('/')
    };
    let makes = matches!(command.program(), "mkdir" | "touch")
        && command.arguments().iter().any(relative)
        && !command.has_flag(Some('p'), "parents");
    let caught = step.script.is_caught(command);
    (command.is_top_level() && !caught && (makes || installs() == Some(true))).then_some(command)
}
